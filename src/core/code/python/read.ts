import { parser } from '@lezer/python';
import type { Module } from '../form';
import type { Front } from '../front';
import { readTop } from '../remember';
import { outlines } from './outlines';
import { statement } from './statements';

const front: Front = { language: 'python', parse: (text, fragments) => parser.parse(text, fragments), statement, outlines };

/** Reads a file of Python; `key` is the name under which its last version is remembered. */
export const readPython = (path: string, source: string, key: string | undefined): Module => readTop(front, path, source, key);
