import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

const folder = join(import.meta.dirname, '..', '..', '..', 'src', 'editor');
const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));

/** Methods of VS Code that make links of what they are given, and the properties in which they take text. */
const messages = new Set(['showInformationMessage', 'showWarningMessage', 'showErrorMessage']);
const asked = new Set(['showInputBox', 'withProgress']);
const linked = new Set(['title', 'prompt', 'detail']);

const isLiteral = (node: ts.Node): boolean => ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node);
/** A fixed sentence out of a table of `core/messages`; one that is made with values is a call. */
const isFixed = (node: ts.Node): boolean =>
  ts.isPropertyAccessExpression(node) && ts.isIdentifier(node.expression) && /(?:Dialogs|Text)$/.test(node.expression.text);
const isSafe = (node: ts.Node): boolean =>
  isLiteral(node) ||
  isFixed(node) ||
  (ts.isCallExpression(node) && ts.isIdentifier(node.expression) && node.expression.text === 'messageText');

/** Texts that would reach a notification or an input box as they are. */
const unsafeTexts = (name: string, text: string): readonly string[] => {
  const source = ts.createSourceFile(name, text, ts.ScriptTarget.Latest, true);
  const found: string[] = [];
  const note = (node: ts.Node): void => {
    if (!isSafe(node)) found.push(`${name}: ${node.getText(source)}`);
  };
  /** Properties of an object that is written there, or under the name of an object that is made in this file. */
  const noteOptions = (node: ts.Node): void => {
    ts.forEachChild(node, (child) => {
      if (ts.isPropertyAssignment(child) && linked.has(child.name.getText(source))) note(child.initializer);
    });
  };
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression)) {
      const method = node.expression.name.text;
      const [first, second] = node.arguments;
      if (messages.has(method) && first !== undefined) note(first.kind === ts.SyntaxKind.Identifier ? declared(first) : first);
      const options = messages.has(method) ? second : asked.has(method) ? first : undefined;
      if (options !== undefined) noteOptions(options.kind === ts.SyntaxKind.Identifier ? declared(options) : options);
    }
    ts.forEachChild(node, visit);
  };
  /** What a name is made of, where it is a constant of this file; else the name itself. */
  const declared = (name: ts.Node): ts.Node => {
    let value: ts.Node = name;
    const look = (node: ts.Node): void => {
      if (ts.isVariableDeclaration(node) && node.name.getText(source) === name.getText(source) && node.initializer)
        value = node.initializer;
      ts.forEachChild(node, look);
    };
    look(source);
    return value;
  };
  visit(source);
  return found;
};

describe('what the editor shows in notifications and input boxes', () => {
  it('is found where it is not made safe', () => {
    const text = (call: string): number => unsafeTexts('x.ts', call).length;
    assert.equal(text('vscode.window.showErrorMessage(`a ${b}`)'), 1);
    assert.equal(text('const m = `a ${b}`; vscode.window.showErrorMessage(m, go)'), 1);
    assert.equal(text('vscode.window.showInputBox({ title: "a", prompt: description ?? "b" })'), 1);
    assert.equal(text('const o = { title: `a ${b}` }; vscode.window.withProgress(o, work)'), 1);
    assert.equal(text('vscode.window.showWarningMessage("a", { modal: true, detail })'), 0);
    assert.equal(text('vscode.window.showErrorMessage(messageText(`a ${b}`))'), 0);
    assert.equal(text('vscode.window.showErrorMessage(runDialogs.stillRunning)'), 0);
    assert.equal(text('vscode.window.showErrorMessage(runDialogs.notSent(why))'), 1);
  });

  it('has gone through messageText where it is more than a fixed sentence', () => {
    const unsafe = files.flatMap((name) => unsafeTexts(name, readFileSync(join(folder, name), 'utf8')));
    assert.deepEqual(unsafe, []);
  });
});
