import { rule } from '../../findings/rule';
/** What a search for nodes can come to. */

export const NODE_DIRECTORY_EMPTY = rule({
  code: 'node-directory-empty',
  severity: 'error',
  problem: 'is named after a node and holds no files of one',
  expected: 'the files of that node',
  remedy: 'install them, or take the directory away',
});

export const NOTHING_TO_CHECK = rule({
  code: 'nothing-to-check',
  severity: 'error',
  problem: 'holds no files of a node',
  expected: 'an install directory, a directory of them, an option file, a file of flags, or an install script',
  remedy: 'name the directory where the option file lies',
});
