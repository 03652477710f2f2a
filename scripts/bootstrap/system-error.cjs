const { getSystemErrorMap } = require('node:util');

/**
 * An error of the operating system in words, without its code.
 *
 * @param {NodeJS.ErrnoException} error
 * @returns {string}
 */
function systemErrorText({ errno = 0, message }) {
  return getSystemErrorMap().get(errno)?.[1] ?? message;
}

module.exports = { systemErrorText };
