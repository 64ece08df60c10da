/** Seconds an access token lives, at most. */
export const accessTokenLife = 300;
