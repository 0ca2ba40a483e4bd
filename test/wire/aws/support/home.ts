import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface Home {
  readonly folder: string;
  /** Writes a file of `~/.aws`. */
  write(path: string, text: string): Promise<void>;
  /** Sets variables of the environment until `leave`. */
  set(variables: Readonly<Record<string, string>>): void;
  leave(): Promise<void>;
}

/** A home folder of its own and an environment without any AWS variable, so that no test sees the machine's logins. */
export const enterHome = async (): Promise<Home> => {
  const before = { ...process.env };
  const folder = await mkdtemp(join(tmpdir(), 'cachepoint-home-'));
  await mkdir(join(folder, '.aws'), { recursive: true });
  for (const name of Object.keys(process.env)) if (name.startsWith('AWS_')) delete process.env[name];
  const set = (variables: Readonly<Record<string, string>>): void => void Object.assign(process.env, variables);
  set({
    HOME: folder,
    USERPROFILE: folder,
    AWS_CONFIG_FILE: join(folder, '.aws', 'config'),
    AWS_SHARED_CREDENTIALS_FILE: join(folder, '.aws', 'credentials'),
    AWS_EC2_METADATA_DISABLED: 'true',
  });
  return {
    folder,
    async write(path, text) {
      await mkdir(join(folder, '.aws', path, '..'), { recursive: true });
      await writeFile(join(folder, '.aws', path), text);
    },
    set,
    async leave() {
      for (const name of Object.keys(process.env)) if (!(name in before)) delete process.env[name];
      Object.assign(process.env, before);
      await rm(folder, { recursive: true, force: true });
    },
  };
};
