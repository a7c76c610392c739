// What a route hands on of a request that it has matched.

/** Begins the answer to a request. Rejects where the network does. */
export type Answer = () => Promise<Response>
