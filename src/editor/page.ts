import * as vscode from 'vscode';

/** What a page is made of: a script of `dist`, styles of `media`, and from where its pictures may come besides the extension. */
export interface PageParts {
  readonly script: string;
  readonly styles: readonly string[];
  /** Sources of the content policy, as `data:`; absent: the page shows no picture. */
  readonly images?: string;
}

const nonce = (): string => [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('');

/** A page of a webview, which runs its own script alone and asks for nothing from elsewhere. */
export const pageOf = (webview: vscode.Webview, extension: vscode.Uri, { script, styles, images }: PageParts): string => {
  const address = (folder: string, name: string): string => webview.asWebviewUri(vscode.Uri.joinPath(extension, folder, name)).toString();
  const once = nonce();
  const pictures = images === undefined ? '' : ` img-src ${webview.cspSource} ${images};`;
  const policy = `default-src 'none'; style-src ${webview.cspSource};${pictures} script-src 'nonce-${once}'; base-uri 'none'; form-action 'none'`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
${styles.map((name) => `<link rel="stylesheet" href="${address('media', name)}">`).join('\n')}
<title>Cachepoint</title>
</head>
<body>
<script nonce="${once}" src="${address('dist', script)}"></script>
</body>
</html>`;
};
