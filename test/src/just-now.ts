/** The millisecond after the one that the clock says: the database's clock is finer, and what was answered was committed before it. */
export const justNow = () => new Date(Date.now() + 1);
