import { describe, expect, test } from '@jest/globals';
import { reference } from '../../scripts/generate/reference.ts';
import { OUTPUTS } from '../../src/action/outputs.ts';
import { DELIVER_OPTIONS } from '../../src/deliver/options.ts';
import { environmentName, OPTION_NAMES, OPTIONS, type Option } from '../../src/inputs/options.ts';
import { MERGE_OPTIONS } from '../../src/merge/options.ts';

const EMPTY =
  'Before\n<!-- inputs -->\n<!-- /inputs -->\nBetween\n<!-- outputs -->\nout of date\n<!-- /outputs -->\nAfter\n<!-- merge-inputs -->\n<!-- /merge-inputs -->\nThen\n<!-- deliver-inputs -->\n<!-- /deliver-inputs -->\n<!-- deliver-outputs -->\n<!-- /deliver-outputs -->\nEnd\n';
const page = reference(EMPTY);
const [gate = '', merge = '', deliver = ''] = page.split(/\n(?:After|Then)\n/);
const rowOf = (name: string, part = gate) => part.split('\n').filter((line) => line.startsWith(`| \`${name}\` |`));

describe('docs/reference.md', () => {
  test.each(OPTION_NAMES)(
    'has the input %s once, with its default, its help and its way on the command line',
    (name) => {
      const option: Option<unknown> = OPTIONS[name];
      const [row = '', ...more] = rowOf(name);
      expect(more).toEqual([]);
      expect(row).toContain(option.help);
      expect(row).toContain(option.expression ?? option.default);
      if (option.actionOnly) expect(row).toMatch(/\| — \|$/);
      else expect(row).toContain(option.secret ? environmentName(name) : `--${name} `);
    },
  );

  test.each(Object.entries(OUTPUTS))('has the output %s once', (name, meaning) => {
    expect(rowOf(name)).toEqual([`| \`${name}\` | ${meaning} |`]);
  });

  test.each(Object.entries(DELIVER_OPTIONS))('has the input %s of the delivery check once', (name, { help }) => {
    expect(rowOf(name, deliver)).toEqual([expect.stringContaining(help)]);
  });

  test.each(Object.entries(MERGE_OPTIONS))('has the input %s of the merge once', (name, { help }) => {
    expect(rowOf(name, merge)).toEqual([expect.stringContaining(help)]);
  });

  test('keeps what is written by hand, and is stable', () => {
    expect(page).toMatch(
      /^Before\n<!-- inputs -->\n[\s\S]*<!-- \/inputs -->\nBetween\n[\s\S]*\nAfter\n[\s\S]*\nEnd\n$/,
    );
    expect(page).not.toContain('out of date');
    expect(reference(page)).toBe(page);
  });

  test('names the marks that are missing', () => {
    expect(() => reference('nothing')).toThrow(/no part between <!-- inputs --> and <!-- \/inputs -->/);
  });
});
