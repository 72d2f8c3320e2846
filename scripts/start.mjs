// `npm start`: the main job with nothing installed, on the committed bundle. `npm start -- host:port` probes a real server.
process.argv.push(...(process.argv.length > 2 ? [] : ['demo']));
await import('../dist/cli.js');
