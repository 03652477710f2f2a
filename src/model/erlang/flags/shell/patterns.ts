/** Sticky patterns of the parts of a word. */

export const BARE = /[^ \t\n;&|()<>'"\\$`]+/y;
export const SINGLE_QUOTED = /'([^']*)'/y;
export const ESCAPED = /\\([^])/uy;
export const IN_DOUBLE_QUOTES = /[^"\\$`]+/y;
export const ESCAPED_IN_DOUBLE_QUOTES = /\\(?:\n|([$`"\\])|(?=[^]))/y;
/** Without what has a meaning in double quotes. */
export const QUOTED_AGAIN = /"([^"\\$`]*)"/y;
export const BACKTICKS = /`(?:[^`\\]|\\[^])*`/y;
export const IN_BRACES = /[^}'"\\$`]+/y;
export const NAME = /[A-Za-z_]\w*/y;
export const PARAMETER = /[\d@*#?$!-]/y;
export const BRACED_NAME = /\{([A-Za-z_]\w*)\}/y;
export const BRACED_PARAMETER = /\{[#!]?(?:\w+|[@*#?$!-])\}/y;
export const BRACED_OPERATOR = /\{([A-Za-z_]\w*)(?:(:?[-+=?])|[%#/:^,@[])/y;
/** Without what assigns. */
export const ARITHMETIC = /\(\((?:(?!\+\+|--)[\w\s+*/%$-])*\)\)/y;
