/** One page of a list. */
export type Page<T> = Promise<{ readonly entries: readonly T[] | undefined; readonly nextToken?: string | undefined }>;

/** More pages than any account fills; a list that goes on for ever ends here. */
const mostPages = 50;

/** All entries of a list that comes in pages. */
export const pages = async <T>(page: (nextToken: string | undefined) => Page<T>): Promise<readonly T[]> => {
  const all: T[] = [];
  let nextToken: string | undefined;
  for (let count = 0; count < mostPages; count += 1) {
    const answer = await page(nextToken);
    all.push(...(answer.entries ?? []));
    nextToken = answer.nextToken;
    if (nextToken === undefined) break;
  }
  return all;
};

/** The member that names the next page, where there is one. */
export const token = (nextToken: string | undefined) => (nextToken === undefined ? {} : { nextToken });
