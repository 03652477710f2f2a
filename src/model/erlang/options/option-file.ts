import { atom, list, type Term, tuple } from '../terms/term';
import { writeTerm } from '../terms/term-writer';
import type { DistOptions, SideOptions } from './dist-options';

/**
 * The text of an option file for `-ssl_dist_optfile`. `ssl_dist_sup` reads the source encoding from the first line (latin1 without one),
 * takes exactly one expression with its final dot, and evaluates it; literal terms evaluate to themselves for every other reader too.
 */
export function writeOptionFile(options: DistOptions): string {
  const sides = [
    ...(options.server === undefined ? [] : [sideTerm('server', options.server)]),
    sideTerm('client', options.client),
  ];
  return `%% coding: utf-8\n${writeTerm(list(sides))}.\n`;
}

function sideTerm(side: string, options: SideOptions): Term {
  return tuple(atom(side), list(options.map(([name, value]) => tuple(atom(name), value))));
}
