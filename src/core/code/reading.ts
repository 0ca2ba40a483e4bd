/** Entry of the bundle with which every programming language is read (`dist/code-reader.js`): the parser of Lezer, and what is made of its trees. */
export { DefaultBufferLength, IterMode, NodeProp, NodeSet, NodeType, Parser, Tree, TreeFragment } from '@lezer/common';
export { ContextTracker, ExternalTokenizer, LocalTokenGroup, LRParser } from '@lezer/lr';
export * from './reader';
export { readTop } from './remember';
