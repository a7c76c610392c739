'use client'

export function Later() {
  return <b>{`loaded from build ${process.env.FAULTS_BUILD}`}</b>
}
