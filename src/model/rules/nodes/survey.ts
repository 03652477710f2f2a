/** Rules about the search for nodes in directories. */
import { rule } from '../../findings/rule';

export const NODE_DIRECTORY_EMPTY = rule({
  code: 'node-directory-empty',
  severity: 'error',
  problem: 'is named after a node but contains no files of one',
  expected: 'the files of that node',
  remedy: 'install them, or remove the directory',
  source: 'docs/check.md',
});

export const NOTHING_TO_CHECK = rule({
  code: 'nothing-to-check',
  severity: 'error',
  problem: 'has no node in it: no flags and no option file that a node reads',
  expected:
    'an install directory, a directory of install directories, an option file, a file of flags, or an install script',
  remedy: 'name the directory that contains the option file',
  source: 'docs/check.md',
});
