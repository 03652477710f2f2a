/** The platform that `docs/platforms/your-own.md` shows, rendered by the program that it shows. */
import { Template } from '../support/stacks/template';
import { readRepository } from './repository';
import { blocksOf, PROGRAM, type Snippet, synthesize } from './snippets';

const [page] = readRepository('docs/platforms/your-own.md');
const blocks = page === undefined ? [] : blocksOf(page);
const shown = blocks.filter(({ info }) => info === 'text').map(({ text }) => text);
const [program] = blocks.filter(({ info }) => info === PROGRAM) as [Snippet];

const GATES = [1, 2, 3, 4].map((number) => `turnstile@gate${number}.example.com`);

test('every node and the tools get the files that the page shows', () => {
  const files = filesOf(program);
  expect(Object.keys(files).sort()).toEqual(
    [
      ...GATES.flatMap((gate) => ['ca.pem', 'node.pem', 'tls.conf', 'turnstile.conf'].map((file) => `${gate}/${file}`)),
      ...['ca.pem', 'tool.pem', 'turnstilectl.conf'].map((file) => `tools/${file}`),
    ].sort(),
  );
  for (const gate of GATES) expect(shown).toContain(files[`${gate}/turnstile.conf`]);
  expect(files[`${GATES[0]}/tls.conf`]).toMatch(/\{server,\[\{certfile,"\/etc\/turnstile\/tls\/node\.pem"\}/);
  expect(files['tools/turnstilectl.conf']).toMatch(
    /\[\{client,\[\{certfile,"\/etc\/turnstile\/tls\/tools\/tool\.pem"\}/,
  );
});

test('the command of the tools is the one that the page shows', () => {
  // The page's program keeps the cluster to itself; what it would say is put where a synthesized stack shows it.
  const text = program.text
    .replace('import { App, ', 'import { App, TerraformOutput, ')
    .replace('new TlsCluster', 'const cluster = new TlsCluster')
    .replace('app.synth();', "new TerraformOutput(stack, 'command', { value: cluster.tools?.command });\napp.synth();");
  const { output } = JSON.parse(synthesize({ ...program, text })) as { output: { command: { value: string } } };
  expect(shown).toContain(`${output.command.value}\n`);
});

test.each([
  [`flags: [{ name: 'turnstile', values: ['two words'] }],`, /^turnstile\.conf cannot hold "two words"/],
  [`distribution: { firstPort: 9100 },`, /port in turnstile\.conf/],
  [`flags: [{ name: 'proto_dist', values: ['inet_tcp'] }],`, /^flag-given-twice: /],
])('the page is right that this is refused: %s', (property, message) => {
  const text = program.text.replace('otp:', `${property}\n  otp:`);
  expect(() => synthesize({ ...program, text })).toThrow(message);
});

test('a path that the server would truncate is refused', () => {
  const text = program.text.replace('/etc/turnstile/tls', '/etc/turn stile/tls');
  expect(() => synthesize({ ...program, text })).toThrow(/^path-split-by-shell: /);
});

function filesOf(snippet: Snippet): Record<string, string> {
  const files = Template.ofText(synthesize(snippet)).files('');
  return Object.fromEntries(Object.entries(files).map(([path, content]) => [path.replace(/^.*\bout\//, ''), content]));
}
