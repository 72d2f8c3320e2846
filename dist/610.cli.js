"use strict";
exports.id = 610;
exports.ids = [610];
exports.modules = {

/***/ 610:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  demo: () => (/* binding */ demo)
});

// EXTERNAL MODULE: ./.build/src/clock.js
var clock = __webpack_require__(196);
// EXTERNAL MODULE: ./.build/src/gate.js + 1 modules
var gate = __webpack_require__(414);
// EXTERNAL MODULE: ./.build/src/inputs/settings.js
var settings = __webpack_require__(249);
// EXTERNAL MODULE: ./.build/src/probe/probe.js + 7 modules
var probe = __webpack_require__(44);
// EXTERNAL MODULE: ./.build/src/report/account.js + 1 modules
var account = __webpack_require__(220);
// EXTERNAL MODULE: ./.build/src/report/report.js
var report_report = __webpack_require__(123);
// EXTERNAL MODULE: ./.build/src/surroundings.js + 2 modules
var surroundings = __webpack_require__(968);
// EXTERNAL MODULE: external "node:events"
var external_node_events_ = __webpack_require__(474);
// EXTERNAL MODULE: external "node:net"
var external_node_net_ = __webpack_require__(30);
var external_node_net_default = /*#__PURE__*/__webpack_require__.n(external_node_net_);
// EXTERNAL MODULE: ./node_modules/smtp-server/dist/esm/smtp-server.js + 13 modules
var smtp_server = __webpack_require__(429);
;// CONCATENATED MODULE: ./.build/src/demo/servers.js



async function healthy() {
    const server = new smtp_server/* SMTPServer */.C({
        name: 'mail.example.test',
        banner: 'ready',
        disableReverseLookup: true,
        logger: false,
    });
    server.on('error', () => { });
    server.listen(0, '127.0.0.1');
    await (0,external_node_events_.once)(server.server, 'listening');
    return { port: server.server.address().port, close: () => server.close() };
}
async function greetsWith(greeting) {
    const sockets = new Set();
    const server = external_node_net_default().createServer((socket) => {
        sockets.add(socket);
        socket.on('error', () => { });
        socket.on('data', () => {
            if (greeting !== null)
                socket.end('221 bye\r\n');
        });
        if (greeting !== null)
            socket.write(`${greeting}\r\n`);
    });
    server.listen(0, '127.0.0.1');
    await (0,external_node_events_.once)(server, 'listening');
    const close = () => {
        for (const socket of sockets)
            socket.destroy();
        server.close();
    };
    return { port: server.address().port, close };
}
async function servers_closed() {
    const server = await greetsWith(null);
    server.close();
    return server;
}

;// CONCATENATED MODULE: ./.build/src/demo/demo.js








const SCENES = [
    { name: 'a healthy SMTP server', start: healthy, expect: { status: 'pass', code: '' } },
    {
        name: 'a server that says nothing',
        start: () => greetsWith(null),
        expect: { status: 'fail', code: 'greeting-timeout' },
    },
    {
        name: 'a server that refuses this client',
        start: () => greetsWith('554 5.7.1 no service for you'),
        expect: { status: 'fail', code: 'greeting-refused' },
    },
    {
        name: 'an SSH server on the port',
        start: () => greetsWith('SSH-2.0-OpenSSH_9.6'),
        expect: { status: 'info', code: 'not-smtp' },
    },
    { name: 'a closed port', start: servers_closed, expect: { status: 'fail', code: 'connect-refused' } },
];
async function demo(print, style, env) {
    const io = { clock: clock/* systemClock */.m, probe: (plan) => (0,probe/* probe */.d)(plan, (0,probe/* systemIo */.Q)(clock/* systemClock */.m)), progress: () => { } };
    let right = 0;
    for (const [i, { name, start, expect }] of SCENES.entries()) {
        const server = await start();
        const inputs = { host: '127.0.0.1', port: String(server.port), timeout: '1s' };
        const read = (0,settings/* readSettings */.s)((option) => inputs[option]);
        if ('problems' in read)
            throw new Error(`the demo's own inputs: ${JSON.stringify(read.problems)}`);
        const around = (0,surroundings/* readSurroundings */.S)(env, read.settings);
        const report = await (0,report_report/* buildReport */.F)(await (0,gate/* runGate */.Rg)(read.settings, io), around);
        server.close();
        const asExpected = report.status === expect.status && report.code === expect.code;
        if (asExpected)
            right += 1;
        print(style.strong(`\u2500\u2500 ${i + 1} of ${SCENES.length}: ${name} \u2500\u2500`));
        print((0,account/* account */.ct)(report, around.place, style).join('\n'));
        const wanted = [expect.status, ...(expect.code === '' ? [] : [expect.code])].join(' ');
        print(style.faint(asExpected ? `as it should be: ${wanted}\n` : `NOT as it should be: ${wanted}\n`));
    }
    const status = right === SCENES.length ? 'pass' : 'fail';
    print(style.status(status, `${account/* GLYPHS */.SV[status]} ${right} of ${SCENES.length} servers got the verdict that they should.`));
    return right === SCENES.length;
}


/***/ })

};
;
//# sourceMappingURL=610.cli.js.map