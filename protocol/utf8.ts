// UTF-8 in all four runtimes. Every runtime has TextEncoder and TextDecoder, but the ES library does not declare them: only this file does.

declare class TextEncoder {
  encode(text: string): Uint8Array<ArrayBuffer>
}
declare class TextDecoder {
  constructor(label: 'utf-8', options: { fatal: true })
  decode(bytes: Uint8Array): string
}

/** The UTF-8 bytes of a string. */
export function toUtf8(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(text)
}

/** The string of UTF-8 bytes. Throws a TypeError if they are not UTF-8. */
export function fromUtf8(bytes: Uint8Array): string {
  return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
}
