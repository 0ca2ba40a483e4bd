import assert from 'node:assert/strict';
import { zipSync, zlibSync } from 'fflate';
import fc from 'fast-check';
import type { ConverseRequest } from '../../../../src/core/request/types';
import { estimateRequest, estimateText, type TokenModel } from '../../../../src/core/tokens/estimate';
import { readOffice } from '../../../../src/core/tokens/files/office';
import { countPdfPages } from '../../../../src/core/tokens/files/pdfPages';
import { readPdfText } from '../../../../src/core/tokens/files/pdfText';
import { fromAscii85, inflated } from '../../../../src/core/tokens/files/unpack';

const bytesOf = (text: string): Uint8Array => Uint8Array.from(text, (char) => char.charCodeAt(0));
const latin1 = (bytes: Uint8Array): string => Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

interface Stream {
  readonly about?: string;
  readonly data: Uint8Array;
}

/** A PDF of these objects, numbered from 1; what finds them in a real one is left out. */
const pdf = (...objects: readonly (string | Stream)[]): Uint8Array =>
  bytesOf(
    `%PDF-1.5\n${objects
      .map((object, at) =>
        typeof object === 'string'
          ? `${at + 1} 0 obj\n${object}\nendobj\n`
          : `${at + 1} 0 obj\n<< ${object.about ?? ''} /Length ${object.data.length} >>\nstream\n${latin1(object.data)}\nendstream\nendobj\n`,
      )
      .join('')}%%EOF\n`,
  );
const page = '<< /Type /Page /Parent 1 0 R /Resources << /Font << /F1 9 0 R >> >> >>';
const tree = (count: number): string => `<< /Type /Pages /Count ${count} >>`;
const content = (text: string): Stream => ({ data: bytesOf(text) });
const packed = (text: string): Stream => ({ about: '/Filter /FlateDecode', data: zlibSync(bytesOf(text)) });

describe('reading the text of a PDF', () => {
  it('reads texts shown one by one, in lists, by lines, and with brackets within', () => {
    const { text, isWhole } = readPdfText(
      pdf(
        tree(1),
        page,
        content('BT /F1 12 Tf 1 0 0 1 72 700 Tm (Rules \\(of) Tj ( \\101) Tj 0 -14 Td [(the)-300(ho)20(use)] TJ T* (a (b) c) Tj ET'),
      ),
    );
    assert.equal(text, 'Rules (of A\nthe house\na (b) c');
    assert.ok(isWhole);
  });

  it('takes steps of single letters for spaces only where no letter is one', () => {
    const placed = (text: string): string =>
      readPdfText(pdf(page, content(`BT /F1 9 Tf ${Array.from(text, (letter) => `(${letter}) Tj 5 0 Td`).join(' ')} ET`))).text;
    assert.equal(placed('Be brief and kind.'), 'Be brief and kind.');
    assert.equal(placed('abc'), 'a b c');
    assert.equal(readPdfText(pdf(page, content('BT (Total of all) Tj 90 0 Td (Price) Tj ET'))).text, 'Total of all Price');
    const table = '1 beginbfchar <0001> <56DE> endbfchar 1 beginbfchar <0002> <7B54> endbfchar';
    const font = '<< /Type /Font /Subtype /Type0 /ToUnicode 3 0 R >>';
    const ideographs = pdf('<< /Font << /F1 2 0 R >> >>', font, packed(table), content('BT /F1 9 Tf <0001> Tj 9 0 Td <0002> Tj ET'));
    assert.equal(readPdfText(ideographs).text, '回答');
  });

  it('reads the streams of a page as one, whatever names them', () => {
    const streams = [content('BT /F1 9 Tf (One) Tj'), content('( text) Tj ET')];
    const listed = (contents: string): string =>
      readPdfText(pdf(`<< /Type /Page /Contents ${contents} >>`, '[ 3 0 R 4 0 R ]', ...streams)).text;
    assert.equal(listed('[ 3 0 R 4 0 R ]'), 'One text');
    assert.equal(listed('2 0 R'), 'One text');
    assert.equal(
      readPdfText(pdf('<< /Type /Page /Contents 2 0 R >>', content('BT (Alone) Tj ET'), content('BT (By name) Tj ET'))).text,
      'Alone\nBy name',
    );
  });

  it('takes a stream that begins after a carriage return alone', () => {
    const file = bytesOf('%PDF-1.3\r1 0 obj\r<< /Length 19 >>\rstream\rBT (Old Mac) Tj ET  \rendstream\rendobj\r');
    assert.equal(readPdfText(file).text, 'Old Mac');
  });

  it('unpacks a stream, whatever stands behind its filter, and one that is written in base 85 besides', () => {
    const shown = 'BT (Packed well) Tj ET';
    assert.equal(readPdfText(pdf(tree(1), page, packed(shown))).text, 'Packed well');
    assert.equal(
      readPdfText(pdf(page, { about: '/Filter [ /ASCII85Decode ]', data: bytesOf("6;'KR$9Tu2Ec#r<Chmjf3XQY9+`#~>") })).isWhole,
      true,
    );
    assert.equal(latin1(fromAscii85(bytesOf('87cURDZ~>'))), 'Hello');
  });

  it('reads codes by the table of their font, and counts those that no table tells', () => {
    const table = '1 beginbfchar <0003> <0020> endbfchar 1 beginbfrange <0024> <0026> <0041> <0030> <0031> [<0078> <0079007A>] endbfrange';
    const font = '<< /Type /Font /Subtype /Type0 /ToUnicode 5 0 R >>';
    const shown = content('BT /F1 9 Tf <0024002500030030> Tj <00310099> Tj ET');
    const read = readPdfText(pdf(tree(1), '<< /Font << /F1 4 0 R >> >>', shown, font, packed(table)));
    assert.deepEqual([read.text, read.unknownCodes], ['AB xyz', 1]);
    const bare = readPdfText(pdf('<< /Font << /F1 2 0 R >> >>', '<< /Subtype /Type0 >>', shown));
    assert.deepEqual([bare.text, bare.unknownCodes], ['', 6]);
  });

  it('looks into packed objects, for pages too', () => {
    const inner = `1 0 2 40 ${tree(3).padEnd(40)}${page}`;
    const file = pdf({ about: '/Type /ObjStm /N 2 /First 9 /Filter /FlateDecode', data: zlibSync(bytesOf(inner)) });
    assert.equal(countPdfPages(file), undefined);
    assert.equal(countPdfPages(file, readPdfText(file).objects), 3);
  });

  it('says where it could not read all', () => {
    assert.equal(readPdfText(pdf(tree(1), page, { about: '/Filter /LZWDecode', data: bytesOf('x') })).isWhole, false);
    assert.equal(readPdfText(pdf(tree(1), '<< /Encrypt 9 0 R >>')).isWhole, false);
    assert.equal(readPdfText(pdf(tree(1), { about: '/Subtype /Image /Filter /DCTDecode', data: bytesOf('x') })).isWhole, true);
  });

  it('takes anything, and stops unpacking in time', () => {
    const piece = fc.constantFrom(
      '%PDF-1.4',
      ' 1 0 obj',
      '<<',
      '/Filter /FlateDecode',
      'stream\n',
      'endstream',
      'BT',
      '(',
      ')',
      '<',
      '>',
      'Tj',
      '/Font <<',
      '\\',
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(piece, fc.string({ maxLength: 5 }))), (parts) => {
        assert.equal(typeof readPdfText(bytesOf(`%PDF-${parts.join('')}`)).text, 'string');
      }),
    );
    fc.assert(fc.property(fc.uint8Array(), (any) => inflated(any, 100).length >= 0));
    assert.ok(inflated(zlibSync(new Uint8Array(8_000_000)), 1000).length < 6_000_000);
  });
});

describe('reading office files', () => {
  const xml = (body: string): Uint8Array => utf8(`<?xml version="1.0"?>${body}`);

  it('reads a document by paragraphs and cells', () => {
    const body = '<w:p><w:r><w:t>Rules &amp; terms</w:t></w:r></w:p><w:p><w:t>D&#233;j&#xE0;</w:t><w:tab/><w:t>vu</w:t></w:p>';
    const file = zipSync({ 'word/document.xml': xml(`<w:document>${body}</w:document>`), 'word/theme/theme1.xml': xml('<a>none</a>') });
    assert.equal(readOffice(file, 'docx')?.trim(), 'Rules & terms\nDéjà vu');
  });

  it('reads a workbook by rows, with its shared texts', () => {
    const sheet = '<row r="1"><c r="A1" t="s"><v>1</v></c><c r="B1"><v>12.5</v></c></row><row r="2"><c t="s"><v>0</v></c></row>';
    const file = zipSync({
      'xl/sharedStrings.xml': xml('<sst><si><t>Town</t></si><si><t>Parcel</t></si></sst>'),
      'xl/worksheets/sheet1.xml': xml(`<worksheet>${sheet}</worksheet>`),
    });
    assert.equal(readOffice(file, 'xlsx'), 'Parcel\t12.5\nTown');
  });

  it('says that it cannot read what is none', () => {
    assert.equal(readOffice(bytesOf('PK no'), 'docx'), undefined);
    assert.equal(readOffice(zipSync({ 'other.xml': xml('') }), 'xlsx'), undefined);
    fc.assert(fc.property(fc.uint8Array(), (any) => ['undefined', 'string'].includes(typeof readOffice(any, 'docx'))));
  });
});

const shown = 'The harbor keeps each parcel for ten days, and after that the sender decides whether it goes back. ';
const onePage = pdf(tree(1), page, content(`BT (${shown.repeat(5)}) Tj ET`));
const textTokens = (model: TokenModel): number => estimateText(shown.repeat(5).trim(), model.tokens).likely;
const sonnet45: TokenModel = { tokens: 'claude-3' };
const sonnet4: TokenModel = { tokens: 'claude-3', readsPdfAsText: true };

/** What a document adds to a request. */
const added = (document: object, model: TokenModel, place: 'message' | 'result' | 'resultWithText' = 'message'): number => {
  const request = (content: readonly object[]): ConverseRequest =>
    ({ modelId: 'm', messages: [{ role: 'user', content }] }) as unknown as ConverseRequest; // half a request
  const text = { text: 'Here.' };
  const [whole, bare] =
    place === 'message'
      ? [[text, { document }], [text]]
      : [
          [{ toolResult: { content: place === 'result' ? [{ document }] : [text, { document }] } }],
          [{ toolResult: { content: place === 'result' ? [] : [text] } }],
        ];
  return estimateRequest(request(whole), model).total.likely - estimateRequest(request(bare), model).total.likely;
};
const near = (actual: number, expected: number, share = 0.02): void =>
  assert.ok(Math.abs(actual - expected) <= expected * share + 1, `${actual} is not near ${expected}`);

describe('what documents cost', () => {
  const document = { format: 'pdf', source: { bytes: onePage } };
  const cited = { ...document, citations: { enabled: true } };

  it('shows Claude 4.5 the pages and the text, and earlier ones the text alone over Converse', () => {
    near(added(document, sonnet45), 1595 + textTokens(sonnet45));
    near(added(document, sonnet4), 37 + textTokens(sonnet4));
    near(added(document, { ...sonnet4, api: 'messages' }), 1595 + textTokens(sonnet4));
  });

  it('gives the text twice where citations are asked for', () => {
    near(added(cited, sonnet45), 1595 + 545 + 2 * textTokens(sonnet45));
    near(added(cited, sonnet4), 1595 + 545 + 2 * textTokens(sonnet4));
  });

  it('knows the finer page of newer models over Converse, and says how unsure it is', () => {
    near(added(document, { tokens: 'claude-5' }), 4710 + textTokens({ tokens: 'claude-5' }));
    near(added(document, { tokens: 'claude-5', api: 'messages' }), 1650 + textTokens({ tokens: 'claude-5' }));
  });

  it('charges Nova 2 by pages alone, and others by text alone', () => {
    near(added(document, { tokens: 'nova-2' }), 2560);
    near(added(document, { tokens: 'llama' }), textTokens({ tokens: 'llama' }));
  });

  it('leaves a PDF out that is all a tool result holds, on Claude over Converse', () => {
    assert.equal(added(document, sonnet45, 'result'), 0);
    near(added(document, sonnet45, 'resultWithText'), 1595 + textTokens(sonnet45));
    near(added(document, { ...sonnet45, api: 'messages' }, 'result'), 1595 + textTokens(sonnet45));
    near(added(document, { tokens: 'nova-2' }, 'result'), 2560);
  });

  it('counts the same from base64, and guesses where nothing can be read', () => {
    const bytes = Buffer.from(onePage).toString('base64');
    near(added({ format: 'pdf', source: { bytes } }, sonnet45), added(document, sonnet45), 0);
    const unread: ConverseRequest = {
      modelId: 'm',
      messages: [{ role: 'user', content: [{ document: { format: 'pdf', name: 'a', source: { bytes: new Uint8Array(400_000) } } }] }],
    };
    const { low, high } = estimateRequest(unread, sonnet45).total;
    assert.ok(low < 1700 && high > 60_000, `${low} ${high}`);
  });

  it('counts an office file by its text', () => {
    const file = zipSync({ 'word/document.xml': utf8(`<w:p><w:t>${shown}</w:t></w:p>`) });
    near(added({ format: 'docx', source: { bytes: file } }, sonnet45), 37 + estimateText(shown, 'claude-3').likely, 0.05);
  });
});
