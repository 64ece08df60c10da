/** A token that cannot be made, or a key that cannot be used, as one line for the terminal. */
export class IdentityFailure extends Error {}
