import { execFile, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const SOURCE = path.resolve(import.meta.dirname, 'mongo');
const KEPT = path.resolve(import.meta.dirname, '../../.aiteru/mongo-java-server-1.47.0');

/** Fetches the jars by Maven and compiles our ten lines with the compiler among them (a JRE has none); once a checkout. */
async function build(): Promise<void> {
  if (existsSync(KEPT)) return;
  const fresh = `${KEPT}.${process.pid}`;
  await mkdir(fresh, { recursive: true });
  await run('mvn', ['-q', '-B', '-f', path.join(SOURCE, 'pom.xml'), 'org.apache.maven.plugins:maven-dependency-plugin:3.6.1:copy-dependencies', `-DoutputDirectory=${fresh}`]);
  await run('java', ['-cp', path.join(fresh, '*'), 'org.eclipse.jdt.internal.compiler.batch.Main', '-11', '-proc:none', '-cp', await jars(fresh), '-d', fresh, path.join(SOURCE, 'Server.java')]);
  await rename(fresh, KEPT).catch(() => rm(fresh, { recursive: true }));
}

const jars = async (dir: string): Promise<string> => {
  return (await readdir(dir)).filter((name) => name.endsWith('.jar')).map((name) => path.join(dir, name)).join(path.delimiter);
};

/** Starts de.bwaldvogel:mongo-java-server, everything in memory. Throws what Maven or Java said. */
export async function startMongoJava(): Promise<{ url: string; stop(): Promise<void> }> {
  await build();
  const child = spawn('java', ['-Xmx256m', '-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1', '-cp', `${KEPT}${path.delimiter}${path.join(KEPT, '*')}`, 'Server'], { stdio: ['pipe', 'pipe', 'pipe'] });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const url = await new Promise<string>((resolve, reject) => {
    let said = '';
    child.stderr.on('data', (chunk: Buffer) => (said += chunk));
    child.stdout.once('data', (chunk: Buffer) => resolve(String(chunk).trim()));
    child.once('error', reject);
    void ended.then(() => reject(new Error(said.trim())));
  });
  for (const part of [child, child.stdin, child.stdout, child.stderr] as { unref?: () => void }[]) part.unref?.();
  return {
    url,
    stop: async () => {
      // Waited for now, or Node would think that it has nothing left to do.
      child.ref();
      child.stdin.end();
      await ended;
    },
  };
}
