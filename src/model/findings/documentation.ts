/** Where the documentation can be read. The package has the same pages below its own `docs/`, for those who are offline. */
export const DOCUMENTATION = 'https://github.com/cdktf-erlang-tls/cdktf-erlang-tls/blob/main/docs/';

/** The address of a page, by its name: `rotation`. */
export function documentation(page: string): string {
  return `${DOCUMENTATION}${page}.md`;
}
