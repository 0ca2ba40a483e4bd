/** Entry of the bundle `dist/bodies.js`: what is wrong in the form of bodies of InvokeModel, and what writes into them. */
export { messagesWriter, novaWriter } from '../formats/invokeWriter';
export { invokeFaults } from './invokeFaults';
