import { KEY_SCRIPT_BODY } from '../../../../src/model/deliveries/node-script/key-part';
import { SCRIPT_BODY } from '../../../../src/model/deliveries/node-script/writer';
import { piecesOf, roomBeside } from '../../../../src/model/deliveries/secret-stores/script-size';
import * as stores from '../../../../src/model/deliveries/secret-stores/stores';

describe.each([
  ['of a script', SCRIPT_BODY],
  ['of a script whose key stays on the node', KEY_SCRIPT_BODY],
])('the body %s', (_title, body) => {
  test.each(Object.values(stores))('is the whole of its pieces in $name', (store) => {
    const pieces = piecesOf(body, store.largestValue);
    expect(pieces.join('')).toBe(body);
    for (const piece of pieces) {
      expect(Buffer.byteLength(piece)).toBeLessThanOrEqual(store.largestValue);
      // Command substitution drops line breaks from the end, and commands that print a value add one.
      expect(piece).toMatch(/[^\n]\n$/);
      expect(piece).not.toContain(stores.AWS_PARAMETER_STORE.refused);
    }
  });
});

test('pieces are as long as they can be', () => {
  expect(piecesOf('a\n\nbb\nccc\n', 5)).toEqual(['a\n', '\nbb\n', 'ccc\n']);
  expect(piecesOf('a\n\nbb\nccc\n', 6)).toEqual(['a\n\nbb\n', 'ccc\n']);
});

test.each([0, 1, 2, 3, 4, 5, 6])('Terraform measures the room beside %d bytes in base64', (bytes) => {
  const room = roomBeside({ ...stores.AZURE_KEY_VAULT, largestValue: 10 }, 'x', bytes);
  expect(bytes + room.bytes).toBeLessThanOrEqual(10);
  expect(bytes + room.bytes).toBeGreaterThan(7);
  expect(Buffer.alloc(room.bytes).toString('base64')).toHaveLength(room.inBase64);
  expect(Buffer.alloc(room.bytes + 1).toString('base64').length).toBeGreaterThan(room.inBase64);
});
