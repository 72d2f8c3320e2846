import path from 'node:path';

/** The Node that runs what is measured. */
export const node = process.env.SMTP_GATE_NODE ?? process.execPath;

export const dist = path.resolve(import.meta.dirname, '../../dist');
