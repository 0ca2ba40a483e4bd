/** Entry of the bundle `dist/bodies.js`: what is wrong in bodies of InvokeModel and in output schemas, and what writes into bodies. */
export { messagesWriter, novaWriter } from '../formats/invokeWriter';
export { invokeFaults } from './invokeFaults';
export { schemaFault } from './schemaFault';
