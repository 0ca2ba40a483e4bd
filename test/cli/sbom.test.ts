import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

interface Component {
  readonly name: string;
  readonly version: string;
  readonly purl: string;
  readonly licenses: readonly unknown[];
}

interface Bom {
  readonly bomFormat: string;
  readonly specVersion: string;
  readonly components: readonly Component[];
  readonly dependencies: readonly { readonly ref: string; readonly dependsOn: readonly string[] }[];
}

const root = join(import.meta.dirname, '..', '..');
const read = (path: string): string => readFileSync(join(root, path), 'utf8');

describe('the list of what is bundled', () => {
  const bom = JSON.parse(read('dist/sbom.cdx.json')) as Bom; // the build's own file
  // A heading of the notices: a name, a version, a license in brackets.
  const noticed = [...read('THIRD-PARTY-NOTICES.txt').matchAll(/^(@?[\w./-]+) (\d\S*) \(.+\)$/gm)].map(
    ([, name, version]) => `${name} ${version}`,
  );

  it('has exactly the packages whose licenses are passed on, each once with its version and license', () => {
    assert.equal(bom.bomFormat, 'CycloneDX');
    const listed = bom.components.map(({ name, version }) => `${name} ${version}`);
    assert.deepEqual(listed.toSorted(), [...new Set(noticed)].toSorted());
    assert.ok(listed.length > 10);
    for (const { purl, name, version, licenses } of bom.components) {
      assert.equal(decodeURIComponent(purl), `pkg:npm/${name}@${version}`);
      assert.equal(licenses.length, 1);
    }
  });

  it('says that Cachepoint rests on all of them', () => {
    assert.deepEqual(bom.dependencies[0]?.dependsOn.toSorted(), bom.components.map(({ purl }) => purl).toSorted());
  });

  it('goes into the package of the extension and that of the command line', () => {
    for (const file of ['.vscodeignore', '.npmignore']) assert.match(read(file), /^!dist\/sbom\.cdx\.json$/m);
  });
});
