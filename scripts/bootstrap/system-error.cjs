const { getSystemErrorMap } = require('node:util');

/**
 * An error of the operating system in words, without its code. The command line tool has src/cli/system-error.ts, which cannot be loaded here: nothing
 * is installed or compiled yet.
 *
 * @param {NodeJS.ErrnoException} error
 * @returns {string}
 */
function systemErrorText({ errno = 0, message }) {
  return getSystemErrorMap().get(errno)?.[1] ?? message;
}

module.exports = { systemErrorText };
