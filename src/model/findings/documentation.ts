/** Address of the documentation. The package contains the same pages in `docs/`. */
export const DOCUMENTATION = 'https://github.com/cdktf-erlang-tls/cdktf-erlang-tls/blob/main/docs/';

/** The address of a page, by its name: `rotation`. */
export function documentation(page: string): string {
  return `${DOCUMENTATION}${page}.md`;
}
