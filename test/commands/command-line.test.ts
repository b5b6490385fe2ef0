import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from '@jest/globals';
import { Command } from 'commander';

const root = join(import.meta.dirname, '../..');
const program = new Command();
const files = readdirSync(join(root, 'src/commands')).filter((file) => file.endsWith('.ts') && file !== 'cli.ts');
const scripts = (JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { scripts: Record<string, string> }).scripts;

beforeAll(async () => {
  for (const file of files) ((await import(join(root, 'src/commands', file))) as { register(to: Command): void }).register(program);
});

test('a command lives in the file of its name', () => {
  expect(program.commands.map((command) => `${command.name().replaceAll(':', '-')}.ts`).toSorted()).toEqual(files.toSorted());
});

test('npm run COMMAND is the same thing for every command', () => {
  const through = Object.entries(scripts).filter(([, script]) => script.includes('cli.ts'));
  expect(through.map(([name]) => name).toSorted()).toEqual(program.commands.map((command) => command.name()).toSorted());
  for (const [name, script] of through) expect(script).toBe(`node src/commands/cli.ts ${name}`);
});

test('every command says what it does, with an example', () => {
  for (const command of program.commands) {
    expect(command.description()).not.toBe('');
    let help = '';
    command.configureOutput({ writeOut: (text) => void (help += text) }).outputHelp();
    expect(help).toMatch(/Examples?:\n[\s\S]*(bin\/aiteru|npm run)/);
  }
});
