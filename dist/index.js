/******/ (() => { // webpackBootstrap
/******/ 	"use strict";
/******/ 	var __webpack_modules__ = ({

/***/ 463:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   y: () => (/* binding */ PROJECT)
/* harmony export */ });
const PROJECT = {
    name: 'smtp-gate',
    version: '0.1.0',
    uses: 'OWNER/smtp-gate@v1',
    repository: 'OWNER/smtp-gate',
    ref: 'v1',
};


/***/ }),

/***/ 812:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   Z: () => (/* binding */ shellQuote)
/* harmony export */ });
function shellQuote(word) {
    return /^[\w.:@%+=/,-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}


/***/ }),

/***/ 443:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   T: () => (/* binding */ firstLine),
/* harmony export */   W: () => (/* binding */ sayMs)
/* harmony export */ });
function sayMs(ms) {
    return ms < 1_000 ? `${Math.round(ms)} ms` : `${Number((ms / 1_000).toFixed(1))} s`;
}
function firstLine(text) {
    const [first = '', ...more] = text.split('\n');
    return more.length === 0 ? first : `${first} (and ${more.length} more ${more.length === 1 ? 'line' : 'lines'})`;
}


/***/ }),

/***/ 610:
/***/ ((module) => {

module.exports = require("node:dns");

/***/ }),

/***/ 692:
/***/ ((module) => {

module.exports = require("node:tls");

/***/ })

/******/ 	});
/************************************************************************/
/******/ 	// The module cache
/******/ 	var __webpack_module_cache__ = {};
/******/ 	
/******/ 	// The require function
/******/ 	function __nccwpck_require__(moduleId) {
/******/ 		// Check if module is in cache
/******/ 		var cachedModule = __webpack_module_cache__[moduleId];
/******/ 		if (cachedModule !== undefined) {
/******/ 			return cachedModule.exports;
/******/ 		}
/******/ 		// Create a new module (and put it into the cache)
/******/ 		var module = __webpack_module_cache__[moduleId] = {
/******/ 			// no module.id needed
/******/ 			// no module.loaded needed
/******/ 			exports: {}
/******/ 		};
/******/ 	
/******/ 		// Execute the module function
/******/ 		var threw = true;
/******/ 		try {
/******/ 			__webpack_modules__[moduleId](module, module.exports, __nccwpck_require__);
/******/ 			threw = false;
/******/ 		} finally {
/******/ 			if(threw) delete __webpack_module_cache__[moduleId];
/******/ 		}
/******/ 	
/******/ 		// Return the exports of the module
/******/ 		return module.exports;
/******/ 	}
/******/ 	
/******/ 	// expose the modules object (__webpack_modules__)
/******/ 	__nccwpck_require__.m = __webpack_modules__;
/******/ 	
/************************************************************************/
/******/ 	/* webpack/runtime/asset-relocator-loader */
/******/ 	if (typeof __nccwpck_require__ !== 'undefined') __nccwpck_require__.ab = __dirname + "/";
/******/ 	
/******/ 	/* webpack/runtime/compat get default export */
/******/ 	(() => {
/******/ 		// getDefaultExport function for compatibility with non-harmony modules
/******/ 		__nccwpck_require__.n = (module) => {
/******/ 			var getter = module && module.__esModule ?
/******/ 				() => (module['default']) :
/******/ 				() => (module);
/******/ 			__nccwpck_require__.d(getter, { a: getter });
/******/ 			return getter;
/******/ 		};
/******/ 	})();
/******/ 	
/******/ 	/* webpack/runtime/create fake namespace object */
/******/ 	(() => {
/******/ 		var getProto = Object.getPrototypeOf ? (obj) => (Object.getPrototypeOf(obj)) : (obj) => (obj.__proto__);
/******/ 		var leafPrototypes;
/******/ 		// create a fake namespace object
/******/ 		// mode & 1: value is a module id, require it
/******/ 		// mode & 2: merge all properties of value into the ns
/******/ 		// mode & 4: return value when already ns object
/******/ 		// mode & 16: return value when it's Promise-like
/******/ 		// mode & 8|1: behave like require
/******/ 		__nccwpck_require__.t = function(value, mode) {
/******/ 			if(mode & 1) value = this(value);
/******/ 			if(mode & 8) return value;
/******/ 			if(typeof value === 'object' && value) {
/******/ 				if((mode & 4) && value.__esModule) return value;
/******/ 				if((mode & 16) && typeof value.then === 'function') return value;
/******/ 			}
/******/ 			var ns = Object.create(null);
/******/ 			__nccwpck_require__.r(ns);
/******/ 			var def = {};
/******/ 			leafPrototypes = leafPrototypes || [null, getProto({}), getProto([]), getProto(getProto)];
/******/ 			for(var current = mode & 2 && value; typeof current == 'object' && !~leafPrototypes.indexOf(current); current = getProto(current)) {
/******/ 				Object.getOwnPropertyNames(current).forEach((key) => (def[key] = () => (value[key])));
/******/ 			}
/******/ 			def['default'] = () => (value);
/******/ 			__nccwpck_require__.d(ns, def);
/******/ 			return ns;
/******/ 		};
/******/ 	})();
/******/ 	
/******/ 	/* webpack/runtime/define property getters */
/******/ 	(() => {
/******/ 		// define getter functions for harmony exports
/******/ 		__nccwpck_require__.d = (exports, definition) => {
/******/ 			for(var key in definition) {
/******/ 				if(__nccwpck_require__.o(definition, key) && !__nccwpck_require__.o(exports, key)) {
/******/ 					Object.defineProperty(exports, key, { enumerable: true, get: definition[key] });
/******/ 				}
/******/ 			}
/******/ 		};
/******/ 	})();
/******/ 	
/******/ 	/* webpack/runtime/ensure chunk */
/******/ 	(() => {
/******/ 		__nccwpck_require__.f = {};
/******/ 		// This file contains only the entry chunk.
/******/ 		// The chunk loading function for additional chunks
/******/ 		__nccwpck_require__.e = (chunkId) => {
/******/ 			return Promise.all(Object.keys(__nccwpck_require__.f).reduce((promises, key) => {
/******/ 				__nccwpck_require__.f[key](chunkId, promises);
/******/ 				return promises;
/******/ 			}, []));
/******/ 		};
/******/ 	})();
/******/ 	
/******/ 	/* webpack/runtime/get javascript chunk filename */
/******/ 	(() => {
/******/ 		// This function allow to reference async chunks
/******/ 		__nccwpck_require__.u = (chunkId) => {
/******/ 			// return url for filenames based on template
/******/ 			return "" + chunkId + ".index.js";
/******/ 		};
/******/ 	})();
/******/ 	
/******/ 	/* webpack/runtime/hasOwnProperty shorthand */
/******/ 	(() => {
/******/ 		__nccwpck_require__.o = (obj, prop) => (Object.prototype.hasOwnProperty.call(obj, prop))
/******/ 	})();
/******/ 	
/******/ 	/* webpack/runtime/make namespace object */
/******/ 	(() => {
/******/ 		// define __esModule on exports
/******/ 		__nccwpck_require__.r = (exports) => {
/******/ 			if(typeof Symbol !== 'undefined' && Symbol.toStringTag) {
/******/ 				Object.defineProperty(exports, Symbol.toStringTag, { value: 'Module' });
/******/ 			}
/******/ 			Object.defineProperty(exports, '__esModule', { value: true });
/******/ 		};
/******/ 	})();
/******/ 	
/******/ 	/* webpack/runtime/require chunk loading */
/******/ 	(() => {
/******/ 		// no baseURI
/******/ 		
/******/ 		// object to store loaded chunks
/******/ 		// "1" means "loaded", otherwise not loaded yet
/******/ 		var installedChunks = {
/******/ 			792: 1
/******/ 		};
/******/ 		
/******/ 		// no on chunks loaded
/******/ 		
/******/ 		var installChunk = (chunk) => {
/******/ 			var moreModules = chunk.modules, chunkIds = chunk.ids, runtime = chunk.runtime;
/******/ 			for(var moduleId in moreModules) {
/******/ 				if(__nccwpck_require__.o(moreModules, moduleId)) {
/******/ 					__nccwpck_require__.m[moduleId] = moreModules[moduleId];
/******/ 				}
/******/ 			}
/******/ 			if(runtime) runtime(__nccwpck_require__);
/******/ 			for(var i = 0; i < chunkIds.length; i++)
/******/ 				installedChunks[chunkIds[i]] = 1;
/******/ 		
/******/ 		};
/******/ 		
/******/ 		// require() chunk loading for javascript
/******/ 		__nccwpck_require__.f.require = (chunkId, promises) => {
/******/ 			// "1" is the signal for "already loaded"
/******/ 			if(!installedChunks[chunkId]) {
/******/ 				if(true) { // all chunks have JS
/******/ 					installChunk(require("./" + __nccwpck_require__.u(chunkId)));
/******/ 				} else installedChunks[chunkId] = 1;
/******/ 			}
/******/ 		};
/******/ 		
/******/ 		// no external install chunk
/******/ 		
/******/ 		// no HMR
/******/ 		
/******/ 		// no HMR manifest
/******/ 	})();
/******/ 	
/************************************************************************/
var __webpack_exports__ = {};

;// CONCATENATED MODULE: external "node:fs"
const external_node_fs_namespaceObject = require("node:fs");
;// CONCATENATED MODULE: external "node:os"
const external_node_os_namespaceObject = require("node:os");
;// CONCATENATED MODULE: external "os"
const external_os_namespaceObject = require("os");
;// CONCATENATED MODULE: ./node_modules/@actions/core/lib/utils.js
// We use any as a valid input type
/* eslint-disable @typescript-eslint/no-explicit-any */
/**
 * Sanitizes an input into a string so it can be passed into issueCommand safely
 * @param input input to sanitize into a string
 */
function utils_toCommandValue(input) {
    if (input === null || input === undefined) {
        return '';
    }
    else if (typeof input === 'string' || input instanceof String) {
        return input;
    }
    return JSON.stringify(input);
}
/**
 *
 * @param annotationProperties
 * @returns The command properties to send with the actual annotation command
 * See IssueCommandProperties: https://github.com/actions/runner/blob/main/src/Runner.Worker/ActionCommandManager.cs#L646
 */
function toCommandProperties(annotationProperties) {
    if (!Object.keys(annotationProperties).length) {
        return {};
    }
    return {
        title: annotationProperties.title,
        file: annotationProperties.file,
        line: annotationProperties.startLine,
        endLine: annotationProperties.endLine,
        col: annotationProperties.startColumn,
        endColumn: annotationProperties.endColumn
    };
}
//# sourceMappingURL=utils.js.map
;// CONCATENATED MODULE: ./node_modules/@actions/core/lib/command.js


/**
 * Issues a command to the GitHub Actions runner
 *
 * @param command - The command name to issue
 * @param properties - Additional properties for the command (key-value pairs)
 * @param message - The message to include with the command
 * @remarks
 * This function outputs a specially formatted string to stdout that the Actions
 * runner interprets as a command. These commands can control workflow behavior,
 * set outputs, create annotations, mask values, and more.
 *
 * Command Format:
 *   ::name key=value,key=value::message
 *
 * @example
 * ```typescript
 * // Issue a warning annotation
 * issueCommand('warning', {}, 'This is a warning message');
 * // Output: ::warning::This is a warning message
 *
 * // Set an environment variable
 * issueCommand('set-env', { name: 'MY_VAR' }, 'some value');
 * // Output: ::set-env name=MY_VAR::some value
 *
 * // Add a secret mask
 * issueCommand('add-mask', {}, 'secretValue123');
 * // Output: ::add-mask::secretValue123
 * ```
 *
 * @internal
 * This is an internal utility function that powers the public API functions
 * such as setSecret, warning, error, and exportVariable.
 */
function command_issueCommand(command, properties, message) {
    const cmd = new Command(command, properties, message);
    process.stdout.write(cmd.toString() + external_os_namespaceObject.EOL);
}
function command_issue(name, message = '') {
    command_issueCommand(name, {}, message);
}
const CMD_STRING = '::';
class Command {
    constructor(command, properties, message) {
        if (!command) {
            command = 'missing.command';
        }
        this.command = command;
        this.properties = properties;
        this.message = message;
    }
    toString() {
        let cmdStr = CMD_STRING + this.command;
        if (this.properties && Object.keys(this.properties).length > 0) {
            cmdStr += ' ';
            let first = true;
            for (const key in this.properties) {
                if (this.properties.hasOwnProperty(key)) {
                    const val = this.properties[key];
                    if (val) {
                        if (first) {
                            first = false;
                        }
                        else {
                            cmdStr += ',';
                        }
                        cmdStr += `${key}=${escapeProperty(val)}`;
                    }
                }
            }
        }
        cmdStr += `${CMD_STRING}${escapeData(this.message)}`;
        return cmdStr;
    }
}
function escapeData(s) {
    return utils_toCommandValue(s)
        .replace(/%/g, '%25')
        .replace(/\r/g, '%0D')
        .replace(/\n/g, '%0A');
}
function escapeProperty(s) {
    return utils_toCommandValue(s)
        .replace(/%/g, '%25')
        .replace(/\r/g, '%0D')
        .replace(/\n/g, '%0A')
        .replace(/:/g, '%3A')
        .replace(/,/g, '%2C');
}
//# sourceMappingURL=command.js.map
;// CONCATENATED MODULE: external "path"
const external_path_namespaceObject = require("path");
;// CONCATENATED MODULE: ./node_modules/@actions/core/lib/core.js
var __awaiter = (undefined && undefined.__awaiter) || function (thisArg, _arguments, P, generator) {
    function adopt(value) { return value instanceof P ? value : new P(function (resolve) { resolve(value); }); }
    return new (P || (P = Promise))(function (resolve, reject) {
        function fulfilled(value) { try { step(generator.next(value)); } catch (e) { reject(e); } }
        function rejected(value) { try { step(generator["throw"](value)); } catch (e) { reject(e); } }
        function step(result) { result.done ? resolve(result.value) : adopt(result.value).then(fulfilled, rejected); }
        step((generator = generator.apply(thisArg, _arguments || [])).next());
    });
};






/**
 * The code to exit an action
 */
var ExitCode;
(function (ExitCode) {
    /**
     * A code indicating that the action was successful
     */
    ExitCode[ExitCode["Success"] = 0] = "Success";
    /**
     * A code indicating that the action was a failure
     */
    ExitCode[ExitCode["Failure"] = 1] = "Failure";
})(ExitCode || (ExitCode = {}));
//-----------------------------------------------------------------------
// Variables
//-----------------------------------------------------------------------
/**
 * Sets env variable for this action and future actions in the job
 * @param name the name of the variable to set
 * @param val the value of the variable. Non-string values will be converted to a string via JSON.stringify
 */
// eslint-disable-next-line @typescript-eslint/no-explicit-any
function exportVariable(name, val) {
    const convertedVal = toCommandValue(val);
    process.env[name] = convertedVal;
    const filePath = process.env['GITHUB_ENV'] || '';
    if (filePath) {
        return issueFileCommand('ENV', prepareKeyValueMessage(name, val));
    }
    issueCommand('set-env', { name }, convertedVal);
}
/**
 * Registers a secret which will get masked from logs
 *
 * @param secret - Value of the secret to be masked
 * @remarks
 * This function instructs the Actions runner to mask the specified value in any
 * logs produced during the workflow run. Once registered, the secret value will
 * be replaced with asterisks (***) whenever it appears in console output, logs,
 * or error messages.
 *
 * This is useful for protecting sensitive information such as:
 * - API keys
 * - Access tokens
 * - Authentication credentials
 * - URL parameters containing signatures (SAS tokens)
 *
 * Note that masking only affects future logs; any previous appearances of the
 * secret in logs before calling this function will remain unmasked.
 *
 * @example
 * ```typescript
 * // Register an API token as a secret
 * const apiToken = "abc123xyz456";
 * setSecret(apiToken);
 *
 * // Now any logs containing this value will show *** instead
 * console.log(`Using token: ${apiToken}`); // Outputs: "Using token: ***"
 * ```
 */
function setSecret(secret) {
    issueCommand('add-mask', {}, secret);
}
/**
 * Prepends inputPath to the PATH (for this action and future actions)
 * @param inputPath
 */
function addPath(inputPath) {
    const filePath = process.env['GITHUB_PATH'] || '';
    if (filePath) {
        issueFileCommand('PATH', inputPath);
    }
    else {
        issueCommand('add-path', {}, inputPath);
    }
    process.env['PATH'] = `${inputPath}${path.delimiter}${process.env['PATH']}`;
}
/**
 * Gets the value of an input.
 * Unless trimWhitespace is set to false in InputOptions, the value is also trimmed.
 * Returns an empty string if the value is not defined.
 *
 * @param     name     name of the input to get
 * @param     options  optional. See InputOptions.
 * @returns   string
 */
function getInput(name, options) {
    const val = process.env[`INPUT_${name.replace(/ /g, '_').toUpperCase()}`] || '';
    if (options && options.required && !val) {
        throw new Error(`Input required and not supplied: ${name}`);
    }
    if (options && options.trimWhitespace === false) {
        return val;
    }
    return val.trim();
}
/**
 * Gets the values of an multiline input.  Each value is also trimmed.
 *
 * @param     name     name of the input to get
 * @param     options  optional. See InputOptions.
 * @returns   string[]
 *
 */
function getMultilineInput(name, options) {
    const inputs = getInput(name, options)
        .split('\n')
        .filter(x => x !== '');
    if (options && options.trimWhitespace === false) {
        return inputs;
    }
    return inputs.map(input => input.trim());
}
/**
 * Gets the input value of the boolean type in the YAML 1.2 "core schema" specification.
 * Support boolean input list: `true | True | TRUE | false | False | FALSE` .
 * The return value is also in boolean type.
 * ref: https://yaml.org/spec/1.2/spec.html#id2804923
 *
 * @param     name     name of the input to get
 * @param     options  optional. See InputOptions.
 * @returns   boolean
 */
function getBooleanInput(name, options) {
    const trueValue = ['true', 'True', 'TRUE'];
    const falseValue = ['false', 'False', 'FALSE'];
    const val = getInput(name, options);
    if (trueValue.includes(val))
        return true;
    if (falseValue.includes(val))
        return false;
    throw new TypeError(`Input does not meet YAML 1.2 "Core Schema" specification: ${name}\n` +
        `Support boolean input list: \`true | True | TRUE | false | False | FALSE\``);
}
/**
 * Sets the value of an output.
 *
 * @param     name     name of the output to set
 * @param     value    value to store. Non-string values will be converted to a string via JSON.stringify
 */
// eslint-disable-next-line @typescript-eslint/no-explicit-any
function setOutput(name, value) {
    const filePath = process.env['GITHUB_OUTPUT'] || '';
    if (filePath) {
        return issueFileCommand('OUTPUT', prepareKeyValueMessage(name, value));
    }
    process.stdout.write(os.EOL);
    issueCommand('set-output', { name }, toCommandValue(value));
}
/**
 * Enables or disables the echoing of commands into stdout for the rest of the step.
 * Echoing is disabled by default if ACTIONS_STEP_DEBUG is not set.
 *
 */
function setCommandEcho(enabled) {
    issue('echo', enabled ? 'on' : 'off');
}
//-----------------------------------------------------------------------
// Results
//-----------------------------------------------------------------------
/**
 * Sets the action status to failed.
 * When the action exits it will be with an exit code of 1
 * @param message add error issue message
 */
function setFailed(message) {
    process.exitCode = ExitCode.Failure;
    error(message);
}
//-----------------------------------------------------------------------
// Logging Commands
//-----------------------------------------------------------------------
/**
 * Gets whether Actions Step Debug is on or not
 */
function isDebug() {
    return process.env['RUNNER_DEBUG'] === '1';
}
/**
 * Writes debug message to user log
 * @param message debug message
 */
function debug(message) {
    command_issueCommand('debug', {}, message);
}
/**
 * Adds an error issue
 * @param message error issue message. Errors will be converted to string via toString()
 * @param properties optional properties to add to the annotation.
 */
function error(message, properties = {}) {
    command_issueCommand('error', toCommandProperties(properties), message instanceof Error ? message.toString() : message);
}
/**
 * Adds a warning issue
 * @param message warning issue message. Errors will be converted to string via toString()
 * @param properties optional properties to add to the annotation.
 */
function warning(message, properties = {}) {
    command_issueCommand('warning', toCommandProperties(properties), message instanceof Error ? message.toString() : message);
}
/**
 * Adds a notice issue
 * @param message notice issue message. Errors will be converted to string via toString()
 * @param properties optional properties to add to the annotation.
 */
function notice(message, properties = {}) {
    command_issueCommand('notice', toCommandProperties(properties), message instanceof Error ? message.toString() : message);
}
/**
 * Writes info to log with console.log.
 * @param message info message
 */
function info(message) {
    process.stdout.write(message + external_os_namespaceObject.EOL);
}
/**
 * Begin an output group.
 *
 * Output until the next `groupEnd` will be foldable in this group
 *
 * @param name The name of the output group
 */
function startGroup(name) {
    issue('group', name);
}
/**
 * End an output group.
 */
function endGroup() {
    issue('endgroup');
}
/**
 * Wrap an asynchronous function call in a group.
 *
 * Returns the same type as the function itself.
 *
 * @param name The name of the group
 * @param fn The function to wrap in the group
 */
function group(name, fn) {
    return __awaiter(this, void 0, void 0, function* () {
        startGroup(name);
        let result;
        try {
            result = yield fn();
        }
        finally {
            endGroup();
        }
        return result;
    });
}
//-----------------------------------------------------------------------
// Wrapper action state
//-----------------------------------------------------------------------
/**
 * Saves state for current action, the state can only be retrieved by this action's post job execution.
 *
 * @param     name     name of the state to store
 * @param     value    value to store. Non-string values will be converted to a string via JSON.stringify
 */
// eslint-disable-next-line @typescript-eslint/no-explicit-any
function saveState(name, value) {
    const filePath = process.env['GITHUB_STATE'] || '';
    if (filePath) {
        return issueFileCommand('STATE', prepareKeyValueMessage(name, value));
    }
    issueCommand('save-state', { name }, toCommandValue(value));
}
/**
 * Gets the value of an state set by this action's main execution.
 *
 * @param     name     name of the state to get
 * @returns   string
 */
function getState(name) {
    return process.env[`STATE_${name}`] || '';
}
function getIDToken(aud) {
    return __awaiter(this, void 0, void 0, function* () {
        return yield OidcClient.getIDToken(aud);
    });
}
/**
 * Summary exports
 */

/**
 * @deprecated use core.summary
 */

/**
 * Path exports
 */

/**
 * Platform utilities exports
 */

//# sourceMappingURL=core.js.map
;// CONCATENATED MODULE: ./.build/src/clock.js
const systemClock = {
    now: () => Number(process.hrtime.bigint()) / 1e6,
    date: () => new Date(),
    after(ms, callback) {
        const timer = setTimeout(callback, ms);
        return () => clearTimeout(timer);
    },
};

;// CONCATENATED MODULE: ./.build/src/probe/resolve.js
let pending = 0;
function lookupPending() {
    return pending > 0;
}
const systemResolver = {
    async addresses(host, family) {
        const dns = await Promise.resolve(/* import() */).then(__nccwpck_require__.t.bind(__nccwpck_require__, 610, 23));
        pending += 1;
        const lookup = dns.promises.lookup(host, { all: true, family, verbatim: true }).finally(() => {
            pending -= 1;
        });
        const found = await lookup;
        return found.map(({ address, family }) => ({ address, family: family === 6 ? 6 : 4 }));
    },
    async exists(host) {
        const dns = await Promise.resolve(/* import() */).then(__nccwpck_require__.t.bind(__nccwpck_require__, 610, 23));
        const resolver = new dns.promises.Resolver({ timeout: 1_000, tries: 1 });
        try {
            await resolver.resolve4(host);
            return true;
        }
        catch (error) {
            const { code } = error;
            if (code === dns.NODATA)
                return true;
            if (code === dns.NOTFOUND)
                return false;
            throw error;
        }
    },
};
function boundSystemResolver(timeoutMs, env) {
    const seconds = Math.min(5, Math.max(1, Math.ceil(timeoutMs / 2_000)));
    env.RES_OPTIONS ??= `timeout:${seconds} attempts:2`;
}

;// CONCATENATED MODULE: ./.build/src/exit.js

function leave(status) {
    process.stdout.write('', () => {
        if (lookupPending())
            replaceProcess(status);
        process.exit(status);
    });
}
function replaceProcess(status) {
    try {
        process.execve?.('/bin/sh', ['sh', '-c', `exit ${status}`], {});
    }
    catch {
    }
}

;// CONCATENATED MODULE: ./.build/src/codes.js
const STATUSES = ['pass', 'info', 'warn', 'fail'];
const row = (status, when) => ({ status, retryable: false, when });
const retryable = (status, when) => ({ status, retryable: true, when });
const CODES = {
    'not-configured': row('skip', 'The host or the port is empty (`fail` with `if-not-configured: fail`).'),
    'input-invalid': row('fail', 'An input cannot be read; nothing was probed.'),
    'dns-not-found': row('fail', 'The name does not exist.'),
    'dns-no-address': row('fail', 'The name exists, with no address of the wanted family.'),
    'dns-unavailable': retryable('fail', 'The resolver did not answer.'),
    'connect-refused': retryable('fail', 'Nothing listens there.'),
    'connect-timeout': retryable('fail', 'No answer in time.'),
    'connect-unreachable': retryable('fail', 'There is no route.'),
    'connect-reset': retryable('fail', 'The connection was reset before a greeting.'),
    'greeting-timeout': retryable('fail', 'Connected, and no greeting.'),
    'greeting-closed': retryable('fail', 'Closed without a word.'),
    'greeting-busy': retryable('fail', 'Greeted with 4xx.'),
    'greeting-refused': row('fail', 'Greeted with 5xx.'),
    'not-smtp': row('info', 'Another protocol answered, named where it can be told.'),
    'greeting-rewritten': row('warn', 'A middlebox rewrote the greeting (`220 ****`).'),
    'banner-mismatch': row('fail', '`expect-banner` did not match.'),
    'tls-expected': row('fail', 'The port speaks TLS from the first byte.'),
    'connection-lost': retryable('fail', 'Closed or reset in mid-conversation.'),
    'protocol-violation': row('fail', 'A reply that cannot be parsed, or over a bound.'),
    'deadline-exceeded': retryable('fail', "The attempt's wall clock ran out."),
    slow: row('warn', 'The greeting took longer than `latency-warn` (`fail`: than `latency-fail`).'),
    'probe-crashed': row('fail', 'Our own defect.'),
};
function isCode(text) {
    return Object.hasOwn(CODES, text);
}

;// CONCATENATED MODULE: ./.build/src/smtp/reply.js
const BOUNDS = { lineBytes: 4096, replyLines: 256, conversationBytes: 256 * 1024 };
const LF = 0x0a;
const CR = 0x0d;
const EMPTY = new Uint8Array(0);
const LINE = /^([2-5]\d\d)(?:([ -])(.*))?$/s;
class ReplyParser {
    #bytes = EMPTY;
    #received = 0;
    #lines = [];
    #code = 0;
    #malformed;
    push(chunk) {
        this.#received += chunk.length;
        if (this.#received > BOUNDS.conversationBytes)
            return;
        this.#bytes = this.#bytes.length === 0 ? chunk : concat(this.#bytes, chunk);
    }
    read() {
        while (!this.#malformed) {
            const line = this.#nextLine();
            if (line === undefined)
                break;
            const reply = this.#take(line);
            if (reply)
                return reply;
        }
        if (!this.#malformed && this.#received > BOUNDS.conversationBytes) {
            this.#fail('too-many-bytes', this.unread());
        }
        return this.#malformed;
    }
    unread() {
        const whole = this.#lines.map((text) => `${this.#code}-${text}`);
        const rest = decode(this.#bytes.subarray(0, BOUNDS.lineBytes)).replaceAll('\r\n', '\n');
        return [...whole, ...(rest === '' ? [] : [rest])].join('\n');
    }
    get hopeless() {
        const first = this.#bytes[0];
        return this.#malformed !== undefined || (first !== undefined && (first < 0x32 || first > 0x35));
    }
    #nextLine() {
        const end = this.#bytes.indexOf(LF);
        const length = end === -1 ? this.#bytes.length : end;
        if (length > BOUNDS.lineBytes)
            this.#fail('line-too-long', decode(this.#bytes.subarray(0, 128)));
        if (end === -1 || this.#malformed)
            return undefined;
        const text = decode(this.#bytes.subarray(0, this.#bytes[end - 1] === CR ? end - 1 : end));
        this.#bytes = this.#bytes.subarray(end + 1);
        return text;
    }
    #take(line) {
        const match = LINE.exec(line);
        if (!match)
            return this.#fail('not-a-reply', line);
        const code = Number(match[1]);
        if (this.#lines.length > 0 && code !== this.#code)
            return this.#fail('codes-differ', line);
        if (this.#lines.length === BOUNDS.replyLines)
            return this.#fail('too-many-lines', line);
        this.#code = code;
        this.#lines.push(match[3] ?? '');
        if (match[2] === '-')
            return undefined;
        const lines = this.#lines;
        this.#lines = [];
        return { code, lines };
    }
    #fail(malformed, text) {
        this.#malformed = { malformed, text };
        this.#bytes = EMPTY;
    }
}
function replyText(reply) {
    const last = reply.lines.length - 1;
    return reply.lines.map((text, i) => `${reply.code}${i === last ? ' ' : '-'}${text}`).join('\n');
}
function concat(a, b) {
    const both = new Uint8Array(a.length + b.length);
    both.set(a);
    both.set(b, a.length);
    return both;
}
function decode(bytes) {
    if (bytes.every((byte) => byte < 0x80))
        return String.fromCharCode(...bytes);
    try {
        return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    }
    catch {
        return Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
    }
}

;// CONCATENATED MODULE: external "node:vm"
const external_node_vm_namespaceObject = require("node:vm");
var external_node_vm_default = /*#__PURE__*/__nccwpck_require__.n(external_node_vm_namespaceObject);
;// CONCATENATED MODULE: ./.build/src/diagnosis/banner.js

const MATCH_LIMIT_MS = 250;
function matchBanner(pattern, text) {
    try {
        const found = external_node_vm_default().runInNewContext('new RegExp(pattern, "m").test(text)', { pattern, text }, { timeout: MATCH_LIMIT_MS });
        return found === true ? 'match' : 'mismatch';
    }
    catch (error) {
        if (error.code === 'ERR_SCRIPT_EXECUTION_TIMEOUT')
            return 'unfinished';
        throw error;
    }
}

;// CONCATENATED MODULE: ./.build/src/diagnosis/protocols.js
const BEGINNINGS = [
    ['ssh', /^SSH-\d/],
    ['http', /^HTTP\/\d|^<!doctype html|^<html/i],
    ['imap', /^\* (?:OK|PREAUTH|BYE)\b/i],
    ['pop3', /^(?:\+OK|-ERR)\b/],
    ['telnet', /^ÿ[ûüýþ]/],
    ['tls', /^[\x14-\x17]\x03[\x00-\x04]/],
    ['nntp', /^(?:20[01]|400|502)[ -].*\b(?:nntp|nnrp|news|inn\d*|leafnode)/i],
    ['ftp', /^120[ -]/],
];
const FTP = /(?:^|[\s([])(?:(?:vs|pro|pure-|wu-|ws_)?ftpd?|filezilla)(?=$|[\s,:;)\]!]|\.(?:\s|$))/m;
const SMTP = /\b(?:e?smtps?|lmtp)\b/;
function recognise(text) {
    if (/^220[ -]/.test(text)) {
        const words = text.replace(/^220[ -]/gm, '').toLowerCase();
        return FTP.test(words) && !SMTP.test(words) ? 'ftp' : null;
    }
    for (const [protocol, beginning] of BEGINNINGS) {
        if (beginning.test(text))
            return protocol;
    }
    return null;
}
function isRewritten(text) {
    return /^220[ -][\s*\d]*\*{3}[\s*\dX]*$/.test(text);
}

;// CONCATENATED MODULE: ./.build/src/diagnosis/diagnose.js




function finding(code, facts, status = CODES[code].status) {
    return { code, status, facts };
}
function diagnose(seen, wanted) {
    return [
        ...endOf(seen, wanted),
        ...greetingOf(seen),
        ...bannerOf(seen, wanted),
        ...latencyOf(seen, wanted),
        ...farewellOf(seen),
    ];
}
function endOf(seen, wanted) {
    const { end } = seen;
    if (!end)
        return [];
    switch (end.step) {
        case 'resolve':
            return [resolveFailure(end, seen, wanted)];
        case 'connect':
            return [connectFailure(end, seen)];
        case 'greeting':
            return [greetingFailure(end, seen)];
        default:
            return [conversationFailure(end)];
    }
}
function resolveFailure(end, { nameExists }, wanted) {
    const family = wanted.ipFamily === 'auto' ? 0 : wanted.ipFamily === '4' ? 4 : 6;
    if (end.kind === 'deadline')
        return conversationFailure(end);
    const errno = end.kind === 'resolver' ? end.errno : 'no answer in time';
    if (/^EAI_(?:NODATA|ADDRFAMILY)$/.test(errno))
        return finding('dns-no-address', { family });
    if (errno !== 'ENOTFOUND')
        return finding('dns-unavailable', { errno });
    return nameExists ? finding('dns-no-address', { family }) : finding('dns-not-found', { errno });
}
const REFUSED = /^ECONNREFUSED$/;
const RESET = /^(?:ECONNRESET|EPIPE|ECONNABORTED)$/;
const SILENT = /^ETIMEDOUT$/;
function connectFailure(end, { dialled }) {
    if (end.kind === 'deadline')
        return conversationFailure(end);
    const failed = (errno) => dialled.find((a) => a.errno !== null && errno.test(a.errno));
    const reset = failed(RESET);
    if (failed(REFUSED))
        return finding('connect-refused', { dialled });
    if (reset)
        return finding('connect-reset', { errno: errnoOf(reset) });
    if (dialled.some((a) => a.outcome === 'timeout') || failed(SILENT))
        return finding('connect-timeout', { dialled });
    return finding('connect-unreachable', { dialled });
}
function errnoOf({ errno, outcome }) {
    return errno ?? outcome;
}
function greetingFailure(end, { tlsLook, steps }) {
    if (tlsLook?.answer === 'tls') {
        return finding('tls-expected', { protocol: tlsLook.protocol, greeting: tlsLook.greeting });
    }
    if (end.kind === 'silence') {
        const look = tlsLook === null ? 'not-asked' : tlsLook.answer === 'not-tls' ? 'not-tls' : 'silent';
        return finding('greeting-timeout', { ms: end.ms, heard: end.heard, look });
    }
    if (end.kind === 'closed' && end.heard === '') {
        return finding('greeting-closed', { afterMs: steps.find((s) => s.step === 'greeting')?.tookMs ?? 0 });
    }
    if (end.kind === 'reset' && end.heard === '')
        return finding('connect-reset', { errno: end.errno });
    const text = end.kind === 'malformed' ? end.reply.text : 'heard' in end ? end.heard : '';
    const protocol = recognise(text);
    if (protocol)
        return finding('not-smtp', { protocol, text });
    if (end.kind === 'malformed' && end.reply.malformed === 'not-a-reply' && !/^\d{3}/.test(text)) {
        return finding('not-smtp', { protocol: 'unknown', text });
    }
    return conversationFailure(end);
}
function conversationFailure(end) {
    const { step } = end;
    switch (end.kind) {
        case 'closed':
        case 'reset':
            return finding('connection-lost', { step, how: end.kind, heard: end.heard });
        case 'malformed':
            return finding('protocol-violation', { step, what: MALFORMED[end.reply.malformed], text: end.reply.text });
        case 'out-of-turn':
            return finding('protocol-violation', { step, what: 'the server spoke out of turn', text: end.heard });
        case 'silence':
            return finding('greeting-timeout', { ms: end.ms, heard: end.heard, look: 'not-asked' });
        case 'deadline':
            return finding('deadline-exceeded', { step, ms: end.ms, heard: end.heard });
        default:
            throw new Error(`a ${end.kind} cannot end the step ${step}`);
    }
}
const MALFORMED = {
    'not-a-reply': 'a line that is no SMTP reply',
    'codes-differ': 'the lines of one reply have different codes',
    'line-too-long': 'a line without end (over 4 KiB)',
    'too-many-lines': 'a reply without end (over 256 lines)',
    'too-many-bytes': 'a flood (over 256 KiB)',
};
function greetingOf({ greeting }) {
    if (!greeting)
        return [];
    const reply = replyText(greeting);
    const protocol = recognise(reply);
    if (protocol)
        return [finding('not-smtp', { protocol, text: reply })];
    if (greeting.code >= 500)
        return [finding('greeting-refused', { reply })];
    if (greeting.code >= 400)
        return [finding('greeting-busy', { reply })];
    if (isRewritten(reply))
        return [finding('greeting-rewritten', { reply })];
    if (greeting.code === 220)
        return [];
    return [
        finding('protocol-violation', {
            step: 'greeting',
            what: `greeted with ${greeting.code} instead of 220`,
            text: reply,
        }),
    ];
}
function bannerOf(seen, { expectBanner }) {
    const text = greetingText(seen);
    const stands = seen.greeting ? seen.greeting.code < 400 : seen.end?.kind === 'malformed' && text !== '';
    if (expectBanner === null || !stands)
        return [];
    const result = matchBanner(expectBanner, text);
    if (result === 'match')
        return [];
    return [finding('banner-mismatch', { pattern: expectBanner, text, finished: result === 'mismatch' })];
}
function greetingText({ greeting, end }) {
    if (greeting)
        return replyText(greeting);
    if (end?.step !== 'greeting')
        return '';
    if (end.kind === 'malformed')
        return end.reply.text;
    return 'heard' in end ? end.heard : '';
}
function latencyOf({ latencyMs: ms }, { latencyWarn, latencyFail }) {
    if (ms === null)
        return [];
    if (latencyFail !== null && ms >= latencyFail)
        return [finding('slow', { ms, limitMs: latencyFail, option: 'latency-fail' }, 'fail')];
    if (latencyWarn !== null && ms >= latencyWarn)
        return [finding('slow', { ms, limitMs: latencyWarn, option: 'latency-warn' })];
    return [];
}
function farewellOf({ greeting, farewell }) {
    if (!greeting || !farewell || farewell.code === 221 || farewell.code === 250 || farewell.code >= 400)
        return [];
    if (recognise(replyText(greeting)))
        return [];
    const what = `QUIT was answered with ${farewell.code} instead of 221`;
    return [finding('protocol-violation', { step: 'quit', what, text: replyText(farewell) })];
}

;// CONCATENATED MODULE: ./.build/src/diagnosis/verdict.js

function worse(a, b) {
    return rank(a) >= rank(b) ? a : b;
}
function rank(status) {
    return status === 'skip' ? 0.5 : STATUSES.indexOf(status);
}
function decidingFinding(findings, ignores = () => false) {
    let deciding = null;
    for (const finding of findings) {
        if (ignores(finding.code))
            continue;
        if (!deciding || rank(finding.status) > rank(deciding.status))
            deciding = finding;
    }
    return deciding;
}
function failsStep(status, failOn) {
    return failOn !== 'never' && status !== 'skip' && rank(status) >= rank(failOn);
}

;// CONCATENATED MODULE: ./.build/src/gate.js



const BACK_OFF_MS = [500, 1_000, 2_000];
const SLOWEST_RETRY_MS = 5_000;
async function runGate(settings, io) {
    const began = begin(io.clock);
    if (settings.targets.length === 0)
        return notConfigured(settings, began);
    const targets = await Promise.all(settings.targets.map((target) => probeTarget(target, settings, io)));
    const worst = targets.reduce((a, b) => (rank(b.result.status) > rank(a.result.status) ? b : a));
    const { status, deciding, target } = worst.result;
    return {
        status,
        deciding: deciding && { finding: deciding, target },
        targets: targets.map(({ result }) => result),
        gateFinding: null,
        failsStep: failsStep(status, settings.failOn),
        ...began(),
        stack: targets.find(({ stack }) => stack !== null)?.stack ?? null,
    };
}
function refuse(problems, clock) {
    return withoutTargets(finding('input-invalid', { problems }), true, begin(clock));
}
function crash(error, clock) {
    const result = withoutTargets(finding('probe-crashed', { error: String(error) }), true, begin(clock));
    return { ...result, stack: stackOf(error) };
}
function notConfigured({ ifNotConfigured, failOn, missing }, began) {
    const status = ifNotConfigured;
    return withoutTargets(finding('not-configured', { missing }, status), failsStep(status, failOn), began);
}
function withoutTargets(gateFinding, fails, began) {
    const { status } = gateFinding;
    const deciding = { finding: gateFinding, target: null };
    return { status, deciding, targets: [], gateFinding, failsStep: fails, ...began(), stack: null };
}
async function probeTarget(target, settings, io) {
    const { clock } = io;
    const startedAt = clock.now();
    const ignores = (code) => settings.ignore.some((rule) => rule.code === code && appliesTo(rule.at, target));
    for (let attempts = 1;; attempts += 1) {
        const attempt = await attemptOnce(target, settings, io);
        const { findings } = attempt;
        const deciding = decidingFinding(findings, ignores);
        const left = settings.wait - (clock.now() - startedAt);
        if (left > 0 && canRetryHelp(findings.filter(({ code }) => !ignores(code)))) {
            const inMs = Math.min(left, BACK_OFF_MS[attempts - 1] ?? SLOWEST_RETRY_MS);
            io.progress({ kind: 'retry', target, code: deciding?.code ?? 'probe-crashed', attempt: attempts, inMs });
            await new Promise((resolve) => clock.after(inMs, resolve));
            continue;
        }
        const ignored = findings.map(({ code }) => code).filter(ignores);
        const tookMs = clock.now() - startedAt;
        const status = deciding?.status ?? 'pass';
        return {
            result: { target, status, deciding, findings, ignored, attempts, tookMs, seen: attempt.seen },
            stack: attempt.stack,
        };
    }
}
async function attemptOnce(target, settings, { probe }) {
    const { timeout: timeoutMs, deadline: deadlineMs, ipFamily } = settings;
    const family = ipFamily === 'auto' ? 0 : ipFamily === '4' ? 4 : 6;
    let seen = null;
    try {
        seen = await probe({ ...target, family, timeoutMs, deadlineMs });
        return { seen, findings: diagnose(seen, settings), stack: null };
    }
    catch (error) {
        return { seen, findings: [finding('probe-crashed', { error: String(error) })], stack: stackOf(error) };
    }
}
function canRetryHelp(findings) {
    const failures = findings.filter(({ status }) => status === 'fail');
    return failures.length > 0 && failures.every(({ code }) => CODES[code].retryable);
}
function appliesTo(at, { host, port }) {
    return at === null || (at.host.toLowerCase() === host.toLowerCase() && at.port === port);
}
function begin(clock) {
    const startedAt = clock.date();
    const from = clock.now();
    return () => ({ startedAt, durationMs: clock.now() - from });
}
function stackOf(error) {
    return error instanceof Error ? (error.stack ?? null) : null;
}

;// CONCATENATED MODULE: ./.build/src/address.js
const OCTET = '(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)';
const IPV4 = new RegExp(`^(?:(?!0\\d)${OCTET}\\.){3}(?!0\\d)${OCTET}$`);
const IPV6 = /^([0-9a-f:.]*:[0-9a-f:.]*)(?:%[\w.-]+)?$/i;
function ipFamily(text) {
    if (IPV4.test(text))
        return 4;
    const bare = IPV6.exec(text)?.[1];
    return bare !== undefined && URL.canParse(`http://[${bare}]`) ? 6 : 0;
}
function literalAddress(host) {
    const family = ipFamily(host);
    return family === 0 ? null : { address: host, family };
}
function hostPort({ host, port }) {
    return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
}

;// CONCATENATED MODULE: external "node:url"
const external_node_url_namespaceObject = require("node:url");
;// CONCATENATED MODULE: ./.build/src/inputs/parsed.js
const NAMES = {
    '"': 'a double quote (")',
    "'": "a single quote (')",
    ',': 'a comma (,)',
    ';': 'a semicolon (;)',
    ' ': 'a space',
    '\t': 'a tab',
    '\n': 'a line feed',
    '\r': 'a carriage return',
    '\0': 'a NUL',
    '\u00a0': 'a no-break space (U+00A0)',
};
const VISIBLE = '^[\\p{L}\\p{N}\\p{S}\\p{P}]$';
function nameCharacter(character) {
    const known = NAMES[character];
    if (known)
        return known;
    const code = `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
    if (/^[\x21-\x7e]$/.test(character))
        return `the character ${character}`;
    if (new RegExp(VISIBLE, 'u').test(character))
        return `the character ${character} (${code})`;
    return `an invisible character (${code})`;
}
function quote(text) {
    return JSON.stringify(text.length > 60 ? `${text.slice(0, 60)}…` : text);
}

;// CONCATENATED MODULE: ./.build/src/inputs/host.js



const LABEL = /^[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?$/i;
const EXAMPLE = 'write the bare name or address, such as mail.example.com';
const ODD = /[^a-z0-9._\-\u0080-\uffff]|[\u0080-\u00b6\u00b8-\u00bf\u2000-\u206f\u3000-\u303f\ufeff]/iu;
const ODD_IN_IPV6 = /[^0-9a-z.:%_-]/i;
const UNSEEN = /[\x01-\x09\x0b\x0c\x0e-\x1f\x7f-\xa0\xad\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/g;
function host(text) {
    const bare = /^\[(.*)\]$/s.exec(text)?.[1] ?? text;
    const family = ipFamily(bare);
    if (family === 4 && bare !== text)
        return { problem: `has brackets around an IPv4 address; write ${bare}` };
    if (family !== 0)
        return { value: bare };
    const problem = shapeProblem(text) ?? characterProblem(text);
    if (problem)
        return { problem };
    const name = /[^\x20-\x7e]/.test(text) ? (0,external_node_url_namespaceObject.domainToASCII)(text) : text;
    const wrong = nameProblem(name, text);
    return wrong === undefined ? { value: name } : { problem: wrong };
}
function shapeProblem(text) {
    const scheme = /^([a-z][a-z0-9+.-]*):\/\//i.exec(text)?.[1];
    if (scheme)
        return `begins with the scheme ${scheme}://; write the name alone, and the port in \`port\``;
    if (/\$[{(\w]/.test(text))
        return `contains an expression that was not evaluated (${quote(text)}); ${EXAMPLE}`;
    if (/^[^\s@]+@[^\s@]+$/.test(text))
        return `contains an at sign (@): write the host behind the @ alone`;
    const port = /^(\[[^[\]]+\]|[^\s:/[\]]+):(\d+)$/.exec(text);
    if (port)
        return `contains a port (:${port[2]}); write ${port[1]} here, and ${port[2]} in \`port\``;
    if (/^(?:[\d.]+|.*:.*)\/\d+$/.test(text))
        return `contains the character / in ${quote(text)}, which is a network; ${EXAMPLE}`;
    if (/^[^\s,;"']+(?:[ \t,;]+[^\s,;"']+)+$/.test(text)) {
        return `contains ${nameCharacter(/[\s,;]/.exec(text)?.[0] ?? ' ')}: one host only; use one step for each`;
    }
    return undefined;
}
function characterProblem(text) {
    const likeIpv6 = text.split(':').length > 2;
    const at = text.search(likeIpv6 ? ODD_IN_IPV6 : ODD);
    if (at === -1)
        return likeIpv6 ? `${quote(text)} is not an IPv6 address; write one such as 2001:db8::25` : undefined;
    const odd = nameCharacter(String.fromCodePoint(text.codePointAt(at) ?? 0));
    return `contains ${odd} at character ${at + 1}; ${advice(text)}`;
}
function advice(text) {
    if (/[\r\n\0]/.test(text))
        return EXAMPLE;
    const host = text
        .replace(UNSEEN, '')
        .replace(/^[^\p{L}\p{N}._*-]+/u, '')
        .split(/[/?#;,'"`’”»)\]>\s]/)[0] ?? '';
    const isHost = ipFamily(host) !== 0 || (!ODD.test(host) && nameProblem(host, host) === undefined);
    return isHost ? `write ${host}` : EXAMPLE;
}
function nameProblem(name, text) {
    const bare = name.replace(/\.$/, '');
    if (bare === '')
        return `${quote(text)} is not a valid domain name; ${EXAMPLE}`;
    if (bare.length > 253)
        return `is ${bare.length} characters long; a name has at most 253`;
    const labels = bare.split('.');
    if (/^(?:\d+|0x[\da-f]*)$/i.test(labels.at(-1) ?? '')) {
        return `${quote(text)} looks like an IPv4 address and is none; write four numbers from 0 to 255`;
    }
    for (const label of labels) {
        if (label === '')
            return 'has an empty part between two dots; write single dots';
        if (label.length > 63)
            return `has a part of ${label.length} characters; a part has at most 63`;
        if (/[^\x20-\x7e]/.test(label))
            continue;
        if (!LABEL.test(label))
            return `has the part ${quote(label)}; a part begins and ends with a letter or digit`;
    }
    return undefined;
}

;// CONCATENATED MODULE: ./.build/src/inputs/kinds.js

const SERVICES = new Map([
    ['smtp', 25],
    ['smtps', 465],
    ['submissions', 465],
    ['submission', 587],
]);
const UNITS = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000 };
const LONGEST_MS = 24 * UNITS.h;
function port(text) {
    const service = SERVICES.get(text.toLowerCase());
    if (service)
        return { problem: `${quote(text)} is a service name; write the number ${service}` };
    const at = text.search(/[^0-9]/);
    if (at !== -1) {
        const digits = /^\D*(\d{1,5})\D*$/.exec(text)?.[1];
        const odd = nameCharacter(String.fromCodePoint(text.codePointAt(at) ?? 0));
        const advice = digits !== undefined && isPort(Number(digits)) ? digits : 'digits alone, such as 587';
        return { problem: `contains ${odd} in ${quote(text)}; write ${advice}` };
    }
    const value = Number(text);
    if (!isPort(value))
        return { problem: `${quote(text)} is out of range; write a number from 1 to 65535` };
    return { value };
}
function isPort(value) {
    return value >= 1 && value <= 65_535;
}
function duration({ zero }) {
    return (text) => {
        const match = /^(\d+(?:\.\d+)?) ?(ms|s|m|h)?$/.exec(text);
        if (!match)
            return { problem: `${quote(text)} is not a duration; write 500ms, 10s or 2m (a bare number is seconds)` };
        const value = Math.round(Number(match[1]) * UNITS[(match[2] ?? 's')]);
        if (value > LONGEST_MS)
            return { problem: `${quote(text)} is too long; write at most 24h` };
        if (value === 0 && zero === 'refused')
            return { problem: `${quote(text)} is no time at all; write at least 1ms` };
        return { value };
    };
}
function oneOf(...choices) {
    return (text) => {
        const value = choices.find((choice) => choice === text);
        if (value !== undefined)
            return { value };
        return { problem: `${quote(text)} is not one of the choices; write one of ${choices.join(', ')}` };
    };
}
function kinds_boolean(text) {
    if (/^(?:true|True|TRUE)$/.test(text))
        return { value: true };
    if (/^(?:false|False|FALSE)$/.test(text))
        return { value: false };
    return { problem: `${quote(text)} is not a boolean; write true or false` };
}
function regularExpression(text) {
    try {
        new RegExp(text, 'm');
        return { value: text };
    }
    catch (error) {
        const reason = error.message.replace(/^.*\/m?: /s, '');
        const flags = /^\(\?[a-z]+\)/.test(text) ? ' (JavaScript has no inline flags: write [Ee]smtp for either case)' : '';
        return {
            problem: `${quote(text)} is not a regular expression: ${reason}${flags}; put a backslash before a literal character`,
        };
    }
}
function kinds_path(text) {
    const odd = /[\0\r\n]/.exec(text)?.[0];
    return odd === undefined ? { value: text } : { problem: `contains ${nameCharacter(odd)}; write one path` };
}
function optional(parse) {
    return (text) => (text === '' ? { value: null } : parse(text));
}
function lines(parse) {
    return (text) => {
        const values = [];
        const problems = [];
        for (const [i, line] of text.split(/\r\n|\r|\n/).entries()) {
            if (line.trim() === '')
                continue;
            const parsed = parse(line.trim());
            if ('value' in parsed)
                values.push(parsed.value);
            else
                problems.push(`line ${i + 1}: ${parsed.problem}`);
        }
        return problems.length === 0 ? { value: values } : { problem: problems.join('; ') };
    };
}

;// CONCATENATED MODULE: ./.build/src/inputs/target.js



function hostAndPort(text) {
    const match = /^(\[[^\]]*\]|[^:]*):([^:]*)$/.exec(text);
    if (!match) {
        return { problem: `${quote(text)} is not a target; write host:port, such as mail.example.com:587 or [::1]:25` };
    }
    const parsedHost = host(match[1] ?? '');
    const parsedPort = port(match[2] ?? '');
    const problems = [
        ...('problem' in parsedHost ? [`host ${parsedHost.problem}`] : []),
        ...('problem' in parsedPort ? [`port ${parsedPort.problem}`] : []),
    ];
    if ('value' in parsedHost && 'value' in parsedPort)
        return { value: { host: parsedHost.value, port: parsedPort.value } };
    return { problem: `${quote(text)}: ${problems.join('; ')}` };
}

;// CONCATENATED MODULE: ./.build/src/inputs/ignore.js



function ignoreRule(text) {
    const [code = '', ...rest] = text.split('@');
    if (!isCode(code)) {
        const near = Object.keys(CODES).filter((known) => known.split('-')[0] === code.split('-')[0]);
        const choices = near.length > 0 ? `one of ${near.join(', ')}` : 'one of those in docs/codes.md, such as slow';
        return { problem: `${quote(code)} is not a code; write ${choices}` };
    }
    if (rest.length === 0)
        return { value: { code, at: null } };
    const target = hostAndPort(rest.join('@'));
    return 'value' in target ? { value: { code, at: target.value } } : target;
}

;// CONCATENATED MODULE: ./.build/src/inputs/options.js



const options_option = (row) => row;
const OPTIONS = {
    host: options_option({
        group: 'Target',
        default: '',
        value: 'name',
        help: 'Host name, IPv4, or IPv6 (brackets optional).',
        parse: optional(host),
    }),
    port: options_option({ group: 'Target', default: '', value: 'number', help: '1–65535.', parse: optional(port) }),
    'if-not-configured': options_option({
        group: 'Target',
        default: 'skip',
        value: 'word',
        help: '`skip` or `fail`: what an empty host or port means.',
        parse: oneOf('skip', 'fail'),
    }),
    timeout: options_option({
        group: 'Connection',
        default: '10s',
        value: 'duration',
        help: 'Longest wait in any one network step (resolve, connect, greeting, each reply).',
        parse: duration({ zero: 'refused' }),
    }),
    deadline: options_option({
        group: 'Connection',
        default: '30s',
        value: 'duration',
        help: 'Longest wall-clock time of one attempt, all steps together.',
        parse: duration({ zero: 'refused' }),
    }),
    wait: options_option({
        group: 'Connection',
        default: '0s',
        value: 'duration',
        help: 'Keep retrying a retryable failure for this long (a server that is still starting).',
        parse: duration({ zero: 'allowed' }),
    }),
    'ip-family': options_option({
        group: 'Connection',
        default: 'auto',
        value: 'word',
        help: '`auto`, `4` or `6`.',
        parse: oneOf('auto', '4', '6'),
    }),
    'expect-banner': options_option({
        group: 'What to check beyond the greeting',
        default: '',
        value: 'regexp',
        help: 'Regular expression (JavaScript) that the greeting must match, its code included; `^` and `$` match at each line.',
        parse: optional(regularExpression),
    }),
    'latency-warn': options_option({
        group: 'What to check beyond the greeting',
        default: '',
        value: 'duration',
        help: 'Time from connecting to the end of the greeting that warns.',
        parse: optional(duration({ zero: 'refused' })),
    }),
    'latency-fail': options_option({
        group: 'What to check beyond the greeting',
        default: '',
        value: 'duration',
        help: 'Time from connecting to the end of the greeting that fails.',
        parse: optional(duration({ zero: 'refused' })),
    }),
    'fail-on': options_option({
        group: 'Verdict',
        default: 'fail',
        value: 'word',
        help: 'Lowest status that fails the step: `fail`, `warn`, `info` or `never`.',
        parse: oneOf('fail', 'warn', 'info', 'never'),
    }),
    ignore: options_option({
        group: 'Verdict',
        default: '',
        value: 'codes',
        help: 'Codes to leave out of the verdict, one a line: `code` or `code@host:port`.',
        parse: lines(ignoreRule),
        list: true,
    }),
    summary: options_option({
        group: 'Reports',
        default: 'true',
        value: 'boolean',
        help: 'Write the job summary.',
        parse: kinds_boolean,
        actionOnly: true,
    }),
    annotations: options_option({
        group: 'Reports',
        default: 'true',
        value: 'boolean',
        help: 'Write annotations.',
        parse: kinds_boolean,
        actionOnly: true,
    }),
    'report-json': options_option({
        group: 'Reports',
        default: '',
        value: 'path',
        help: 'Path to write the JSON report to. The action always writes one: under the runner’s temporary folder unless this says where.',
        parse: optional(kinds_path),
    }),
};
const OPTION_NAMES = Object.keys(OPTIONS);
const CLI_OPTIONS = OPTION_NAMES.filter((name) => !OPTIONS[name].actionOnly);

;// CONCATENATED MODULE: ./.build/src/inputs/settings.js


function readSettings(source) {
    const values = {};
    const given = new Map();
    const problems = [];
    for (const name of OPTION_NAMES) {
        const option = OPTIONS[name];
        const text = source(name)?.trim() || option.default;
        if (text !== option.default)
            given.set(name, text);
        const parsed = option.parse(text);
        if ('value' in parsed)
            values[camelCase(name)] = parsed.value;
        else
            problems.push({ input: name, problem: parsed.problem });
    }
    problems.push(...contradictions(values));
    const options = values;
    if (problems.length > 0)
        return { problems };
    const { host, port, ...rest } = options;
    const targets = host !== null && port !== null ? [{ host, port }] : [];
    const missing = [...(host === null ? ['host'] : []), ...(port === null ? ['port'] : [])];
    return { settings: { ...rest, targets, missing, given } };
}
function contradictions({ host, ipFamily, latencyWarn, latencyFail }) {
    const problems = [];
    const literal = host ? literalAddress(host) : null;
    if (literal && ipFamily && ipFamily !== 'auto' && literal.family !== Number(ipFamily)) {
        const problem = `"${ipFamily}" excludes the host, which is the IPv${literal.family} address ${host}; write auto or ${literal.family}`;
        problems.push({ input: 'ip-family', problem });
    }
    if (latencyWarn && latencyFail && latencyWarn > latencyFail) {
        const problem = `${latencyWarn} ms is above latency-fail (${latencyFail} ms), so it could never warn; write a shorter time`;
        problems.push({ input: 'latency-warn', problem });
    }
    return problems;
}
function camelCase(name) {
    return name.replace(/-(\w)/g, (_, letter) => letter.toUpperCase());
}

;// CONCATENATED MODULE: ./.build/src/probe/cancellation.js
class Cancellation {
    #cancelled = false;
    #callbacks = [];
    onCancel(callback) {
        if (this.#cancelled)
            callback();
        else
            this.#callbacks.push(callback);
    }
    cancel() {
        if (this.#cancelled)
            return;
        this.#cancelled = true;
        for (const callback of this.#callbacks)
            callback();
    }
}

;// CONCATENATED MODULE: ./.build/src/probe/deadline.js

class Interrupted extends Error {
    end;
    name = 'Interrupted';
    constructor(end) {
        super(end.kind);
        this.end = end;
    }
}
function deadline_errnoOf(error) {
    const { code, syscall } = error;
    if (code === undefined || (syscall === undefined && code.startsWith('ERR_') && !code.startsWith('ERR_SSL')))
        throw error;
    return code;
}
class Deadline {
    startedAt;
    #clock;
    #limits;
    constructor(clock, limits) {
        this.#clock = clock;
        this.#limits = limits;
        this.startedAt = clock.now();
    }
    get deadlineMs() {
        return this.#limits.deadlineMs;
    }
    elapsed() {
        return this.#clock.now() - this.startedAt;
    }
    remaining() {
        return Math.max(0, this.#limits.deadlineMs - this.elapsed());
    }
    async wait(work, { heard = () => '', atMost = this.#limits.timeoutMs } = {}) {
        const remaining = this.remaining();
        const limit = Math.min(atMost, remaining);
        const cancellation = new Cancellation();
        let cancel = () => { };
        const expiry = new Promise((_, reject) => {
            cancel = this.#clock.after(limit, () => {
                setImmediate(() => {
                    const kind = remaining < atMost ? 'deadline' : 'silence';
                    const ms = kind === 'deadline' ? this.#limits.deadlineMs : limit;
                    reject(new Interrupted({ kind, ms, heard: heard() }));
                });
            });
        });
        try {
            return await Promise.race([work(cancellation), expiry]);
        }
        finally {
            cancel();
            cancellation.cancel();
        }
    }
}

;// CONCATENATED MODULE: ./.build/src/probe/conversation.js


const SETTLE_MS = 1_000;
class Conversation {
    transcript = [];
    #socket;
    #deadline;
    #parser = new ReplyParser();
    #ended;
    #wake = () => { };
    constructor(socket, deadline) {
        this.#socket = socket;
        this.#deadline = deadline;
        socket.on('data', (chunk) => {
            this.#parser.push(chunk);
            this.#wake();
        });
        socket.on('error', (error) => {
            this.#end({ kind: 'reset', errno: error.code ?? error.message });
        });
        const closed = () => this.#end({ kind: 'closed' });
        socket.on('end', closed);
        socket.on('close', closed);
    }
    async reply(limits = {}) {
        for (;;) {
            const read = this.#parser.read();
            if (read && 'malformed' in read)
                throw this.#malformed(read);
            if (read) {
                this.#record('server', replyText(read));
                return read;
            }
            if (this.#ended)
                throw this.#interrupted({ ...this.#ended, heard: this.#parser.unread() });
            await this.#activity(limits);
        }
    }
    async command(line, { shown = line, ...limits } = {}) {
        if (/[\r\n\0]/.test(line))
            throw new Error(`control character in the command ${JSON.stringify(shown)}`);
        const early = this.#parser.unread();
        if (early !== '')
            throw this.#interrupted({ kind: 'out-of-turn', heard: early });
        if (this.#ended)
            throw this.#interrupted({ ...this.#ended, heard: this.#parser.unread() });
        this.#record('client', shown);
        this.#socket.write(`${line}\r\n`);
        return this.reply(limits);
    }
    close() {
        this.#socket.destroy();
    }
    async #activity(limits) {
        const patience = this.#parser.hopeless ? { atMost: SETTLE_MS } : limits;
        try {
            await this.#deadline.wait(() => new Promise((resolve) => {
                this.#wake = resolve;
            }), { heard: () => this.#parser.unread(), ...patience });
        }
        catch (error) {
            if (!(error instanceof Interrupted))
                throw error;
            if (this.#parser.hopeless)
                throw this.#malformed({ malformed: 'not-a-reply', text: this.#parser.unread() });
            throw this.#interrupted(error.end);
        }
    }
    #end(how) {
        this.#ended ??= how;
        this.#wake();
    }
    #malformed(reply) {
        this.#record('server', reply.text);
        this.#socket.destroy();
        return new Interrupted({ kind: 'malformed', reply });
    }
    #interrupted(cause) {
        if ('heard' in cause && cause.heard !== '')
            this.#record('server', cause.heard);
        return new Interrupted(cause);
    }
    #record(from, text) {
        const atMs = Math.round(this.#deadline.elapsed());
        for (const line of text.split('\n'))
            this.transcript.push({ from, atMs, text: line });
    }
}

;// CONCATENATED MODULE: external "node:net"
const external_node_net_namespaceObject = require("node:net");
var external_node_net_default = /*#__PURE__*/__nccwpck_require__.n(external_node_net_namespaceObject);
;// CONCATENATED MODULE: ./.build/src/probe/dial.js



const STAGGER_MS = 250;
const tcpDial = (address, port, cancellation) => new Promise((resolve, reject) => {
    const socket = external_node_net_default().connect({ host: address, port, autoSelectFamily: false });
    socket.once('error', reject);
    socket.once('connect', () => {
        socket.off('error', reject);
        resolve(socket);
    });
    cancellation.onCancel(() => {
        if (socket.connecting)
            socket.destroy(new Error('given up'));
    });
});
function interleave(addresses) {
    const first = addresses.filter((a) => a.family === addresses[0]?.family);
    const second = addresses.filter((a) => a.family !== addresses[0]?.family);
    return first
        .flatMap((address, i) => {
        const other = second[i];
        return other ? [address, other] : [address];
    })
        .concat(second.slice(first.length));
}
async function connect(addresses, port, { dial, clock, deadline, dialled }) {
    const queue = interleave(addresses);
    const losers = new Cancellation();
    let winner;
    const attempt = async (address) => {
        const startMs = deadline.elapsed();
        const record = (outcome, errno = null) => dialled.push({ ...address, startMs, tookMs: deadline.elapsed() - startMs, outcome, errno });
        try {
            const socket = await deadline.wait((cancellation) => {
                losers.onCancel(() => cancellation.cancel());
                return dial(address.address, port, cancellation);
            });
            if (winner) {
                socket.destroy();
                record('abandoned');
                return;
            }
            winner = { socket, address: address.address };
            record('connected');
        }
        catch (error) {
            if (winner)
                record('abandoned');
            else if (error instanceof Interrupted)
                record(error.end.kind === 'deadline' ? 'deadline' : 'timeout');
            else
                record('failed', deadline_errnoOf(error));
        }
    };
    await new Promise((done, crash) => {
        let cancelNext = () => { };
        let open = 0;
        const launch = () => {
            cancelNext();
            const address = winner ? undefined : queue.shift();
            if (address === undefined) {
                if (winner || open === 0)
                    done();
                return;
            }
            open += 1;
            if (queue.length > 0)
                cancelNext = clock.after(STAGGER_MS, launch);
            attempt(address).then(() => {
                open -= 1;
                launch();
            }, crash);
        };
        launch();
    });
    losers.cancel();
    if (winner)
        return winner;
    const outOfTime = dialled.find((a) => a.outcome === 'deadline');
    if (outOfTime)
        throw new Interrupted({ kind: 'deadline', ms: deadline.deadlineMs, heard: '' });
    throw new Interrupted({ kind: 'no-connection' });
}

;// CONCATENATED MODULE: ./.build/src/probe/look.js



const NOT_TLS = /wrong.version.number|packet.length.too.long|unknown.protocol|http.request/i;
async function lookForTls({ address, port, atMost }, { dial, clock }) {
    const deadline = new Deadline(clock, { timeoutMs: atMost, deadlineMs: atMost });
    let socket;
    try {
        const plain = await deadline.wait((cancellation) => dial(address, port, cancellation));
        socket = plain;
        const { connect } = await Promise.resolve(/* import() */).then(__nccwpck_require__.t.bind(__nccwpck_require__, 692, 23));
        const secure = connect({ socket: plain, rejectUnauthorized: false, minVersion: 'TLSv1' });
        socket = secure;
        await deadline.wait(() => new Promise((resolve, reject) => {
            secure.once('secureConnect', resolve);
            secure.once('error', reject);
            secure.once('close', () => reject(new Interrupted({ kind: 'closed', heard: '' })));
        }));
        return { answer: 'tls', protocol: secure.getProtocol(), greeting: await greeting(secure, deadline) };
    }
    catch (error) {
        if (error instanceof Interrupted)
            return { answer: 'nothing', because: error.end.kind };
        const { code = '', message } = error;
        if (NOT_TLS.test(`${code} ${message}`))
            return { answer: 'not-tls', errno: code };
        if (/SSL|EPROTO/.test(code))
            return { answer: 'tls', protocol: null, greeting: null };
        return { answer: 'nothing', because: code };
    }
    finally {
        socket?.destroy();
    }
}
async function greeting(secure, deadline) {
    const talk = new Conversation(secure, deadline);
    try {
        const reply = await talk.reply();
        await talk.command('QUIT').catch(() => { });
        return replyText(reply);
    }
    catch (error) {
        if (error instanceof Interrupted)
            return null;
        throw error;
    }
}

;// CONCATENATED MODULE: ./.build/src/observation.js
const STEPS = ['resolve', 'connect', 'greeting', 'quit'];

;// CONCATENATED MODULE: ./.build/src/probe/recorder.js


const BECAUSE = {
    resolver: 'no address',
    'no-connection': 'no connection',
    silence: 'no answer in time',
    deadline: 'out of time',
    closed: 'closed',
    reset: 'reset',
    malformed: 'unreadable',
    'out-of-turn': 'spoke out of turn',
};
class Recorder {
    deadline;
    end = null;
    lastMs = 0;
    #steps = new Map();
    constructor(deadline) {
        this.deadline = deadline;
    }
    async run(step, work) {
        const startMs = this.deadline.elapsed();
        const note = (status, because) => {
            this.lastMs = this.deadline.elapsed() - startMs;
            this.#steps.set(step, { step, status, startMs, tookMs: this.lastMs, because });
        };
        try {
            const result = await work();
            note('done', null);
            return result;
        }
        catch (error) {
            if (error instanceof Interrupted) {
                this.end ??= { ...error.end, step };
                note('failed', BECAUSE[error.end.kind]);
            }
            throw error;
        }
    }
    async runCourtesy(step, work) {
        const { end } = this;
        try {
            await this.run(step, work);
        }
        catch (error) {
            if (!(error instanceof Interrupted))
                throw error;
            if (error.end.kind !== 'malformed' && error.end.kind !== 'out-of-turn')
                this.end = end;
        }
    }
    skip(step, because) {
        this.#steps.set(step, { step, status: 'skipped', startMs: this.deadline.elapsed(), tookMs: 0, because });
    }
    steps() {
        const because = this.end ? `${this.end.step} failed` : 'not needed';
        return STEPS.map((step) => this.#steps.get(step) ?? { step, status: 'skipped', startMs: 0, tookMs: 0, because });
    }
}

;// CONCATENATED MODULE: ./.build/src/probe/probe.js







const systemIo = (clock) => ({ clock, resolver: systemResolver, dial: tcpDial });
const QUIT_MS = 2_000;
const LOOK_MS = 3_000;
const LOOK_GRACE_MS = 300;
const TLS_RECORD = /^[\x14-\x17]\x03/;
async function probe(plan, io) {
    const deadline = new Deadline(io.clock, plan);
    const recorder = new Recorder(deadline);
    const dialled = [];
    const seen = {
        addresses: null,
        nameExists: null,
        address: null,
        greeting: null,
        farewell: null,
        latencyMs: null,
        tlsLook: null,
    };
    let talk;
    try {
        const addresses = await resolve(plan, io, deadline, recorder, seen);
        const connectStart = deadline.elapsed();
        const { socket, address } = await recorder.run('connect', () => connect(addresses, plan.port, { ...io, deadline, dialled }));
        seen.address = address;
        const conversation = new Conversation(socket, deadline);
        talk = conversation;
        seen.greeting = await recorder.run('greeting', () => conversation.reply());
        seen.latencyMs = deadline.elapsed() - connectStart;
        await recorder.runCourtesy('quit', async () => {
            seen.farewell = await conversation.command('QUIT', { atMost: QUIT_MS });
        });
    }
    catch (error) {
        if (!(error instanceof Interrupted))
            throw error;
    }
    finally {
        talk?.close();
    }
    if (seen.address !== null && mayBeTls(recorder)) {
        const atMost = Math.min(LOOK_MS, plan.timeoutMs, Math.max(LOOK_GRACE_MS, deadline.remaining()));
        seen.tlsLook = await lookForTls({ address: seen.address, port: plan.port, atMost }, io);
    }
    return {
        ...seen,
        durationMs: deadline.elapsed(),
        steps: recorder.steps(),
        dialled,
        transcript: talk?.transcript ?? [],
        end: recorder.end,
    };
}
async function resolve({ host, family }, { resolver }, deadline, recorder, seen) {
    const literal = literalAddress(host);
    if (literal) {
        recorder.skip('resolve', 'the host is an address');
        return [literal];
    }
    try {
        return await recorder.run('resolve', async () => {
            try {
                seen.addresses = await deadline.wait(() => resolver.addresses(host, family));
                return seen.addresses;
            }
            catch (error) {
                if (error instanceof Interrupted)
                    throw error;
                throw new Interrupted({ kind: 'resolver', errno: deadline_errnoOf(error) });
            }
        });
    }
    catch (error) {
        if (recorder.end?.kind === 'resolver' && recorder.end.errno === 'ENOTFOUND') {
            seen.nameExists = await exists(host, family, resolver, deadline);
        }
        throw error;
    }
}
async function exists(host, family, resolver, deadline) {
    const ask = async () => {
        const otherFamily = family === 0 ? [] : await resolver.addresses(host, 0).catch(() => []);
        return otherFamily.length > 0 || resolver.exists(host);
    };
    try {
        return await deadline.wait(ask, { atMost: 1_500 });
    }
    catch {
        return null;
    }
}
function mayBeTls({ end, lastMs }) {
    if (end?.step !== 'greeting')
        return false;
    if (end.kind === 'malformed')
        return TLS_RECORD.test(end.reply.text);
    const silent = 'heard' in end && end.heard === '';
    return silent && (end.kind === 'silence' || end.kind === 'deadline' || (end.kind === 'closed' && lastMs >= 1_000));
}

// EXTERNAL MODULE: ./.build/src/words.js
var words = __nccwpck_require__(443);
;// CONCATENATED MODULE: ./.build/src/report/bars.js

const WIDTH = 32;
const EIGHTHS = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉'];
function timeBars({ steps }) {
    const total = Math.max(1, ...steps.map(({ startMs, tookMs }) => startMs + tookMs));
    const name = Math.max(0, ...steps.map(({ step }) => step.length));
    return steps.map(({ step, status, startMs, tookMs, because }) => {
        const label = step.padEnd(name);
        if (status === 'skipped')
            return `${label}  ${'–'.padStart(7)}  ${because ?? ''}`.trimEnd();
        const offset = ' '.repeat(Math.min(WIDTH - 1, Math.floor((startMs / total) * WIDTH)));
        const note = status === 'failed' ? `  ✗ ${because ?? ''}` : '';
        return `${label}  ${(0,words/* sayMs */.W)(tookMs).padStart(7)}  ${offset}${bar((tookMs / total) * WIDTH)}${note}`;
    });
}
function bar(length) {
    const whole = Math.floor(length);
    const rest = EIGHTHS[Math.floor((length - whole) * 8)] ?? '';
    return '█'.repeat(whole) + rest || '▏';
}

;// CONCATENATED MODULE: ./.build/src/report/account.js



const undressed = { status: (_, text) => text, strong: (text) => text, faint: (text) => text };
const GLYPHS = { pass: '✓', info: 'ℹ', warn: '⚠', fail: '✗', skip: '–' };
const PLACE_NAMES = {
    'github-hosted': 'GitHub-hosted runner',
    'docker-compose': 'Docker Compose',
    systemd: 'bare metal (systemd)',
    kubernetes: 'Kubernetes',
};
function account(report, place, style = undressed) {
    const findings = [...report.targets.flatMap(({ findings }) => findings), ...report.findings];
    return [
        ...report.targets.flatMap((target) => targetLines(target, style)),
        ...findings.flatMap((finding) => findingLines(finding, place, style, findings.length > 1)),
        verdictLine(report, style),
    ];
}
function targetLines(target, style) {
    return [
        style.strong(target.target.label),
        ...timeBars(target).map((line) => `  ${line}`),
        ...target.addresses
            .filter(({ outcome }) => outcome !== 'connected')
            .map(({ address, outcome, errno }) => `  ${address}: ${errno ?? outcome}`),
        ...(target.address === null ? [] : [`  address   ${target.address}`]),
        ...(target.banner === null ? [] : [`  greeting  ${target.banner}`]),
        '',
    ];
}
function findingLines(finding, place, style, withMessage) {
    const { code, status, title, evidence, causes, remedies, verify, docs, ignored } = finding;
    const mine = remedies.filter(({ environment }) => environment === 'any' || environment === place);
    const elsewhere = remedies.length - mine.length;
    return [
        style.status(status, `${GLYPHS[status]} ${code}: ${title}${ignored ? ' (ignored)' : ''}`),
        ...(withMessage ? [`  ${finding.message}`] : []),
        ...section('Seen', [evidence], style),
        ...section('Likely', causes.length === 1 ? causes : causes.map((cause, i) => `${i + 1}. ${cause}`), style),
        ...section('Do', mine.flatMap(remedyLines), style),
        ...section('Verify', [`$ ${verify}`], style),
        ...section('More', [docs, ...(elsewhere > 0 ? [`remedies for ${elsewhere} other kinds of runner are in the report`] : [])], style),
        '',
    ];
}
function remedyLines({ environment, text, commands }) {
    const where = environment === 'any' ? '' : `${PLACE_NAMES[environment]}: `;
    return [`• ${where}${text}`, ...commands.map((command) => `    $ ${command}`)];
}
function section(name, lines, style) {
    return lines.map((line, i) => `  ${style.faint((i === 0 ? name : '').padEnd(7))} ${line}`);
}
function verdictLine({ status, message }, style) {
    return style.status(status, `${GLYPHS[status]} ${status}: ${message}`);
}
function sayProgress({ target, code, attempt, inMs }) {
    return `${hostPort(target)}: attempt ${attempt} ended with ${code}; trying again in ${(0,words/* sayMs */.W)(inMs)}`;
}

;// CONCATENATED MODULE: ./.build/src/report/annotations.js


function annotate(report, failOn) {
    for (const { code: title, status, message, ignored } of findingsOf(report)) {
        if (ignored)
            continue;
        if (status === 'fail' || failsStep(status, failOn))
            error(message, { title });
        else if (status === 'warn')
            warning(message, { title });
        else
            notice(message, { title });
    }
}
function findingsOf({ targets, findings }) {
    return [...targets.flatMap((target) => target.findings), ...findings];
}

;// CONCATENATED MODULE: ./.build/src/report/command-file.js

function writeOutputs(file, values) {
    const mark = unusedMark(Object.values(values));
    const entries = Object.entries(values).map(([name, value]) => `${name}<<${mark}\n${value}\n${mark}\n`);
    (0,external_node_fs_namespaceObject.appendFileSync)(file, entries.join(''));
}
function unusedMark(values) {
    let mark = 'smtp-gate-output';
    while (values.some((value) => value.includes(mark)))
        mark += '-';
    return mark;
}

;// CONCATENATED MODULE: external "node:path"
const external_node_path_namespaceObject = require("node:path");
;// CONCATENATED MODULE: ./.build/src/report/safe.js
const INVISIBLE = '[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Co}\\p{Cn}\\p{Zl}\\p{Zp}]';
let invisible;
const ORDINARY = /^(?!\s*::)(?:(?!##\[)[\x20-\x7e\u2010-\u2027\u2190-\u21ff\u2500-\u27bf])*$/;
const COMMAND = /^(\s*)::(?=[a-z])(?![\da-f:.]+$)/i;
function plain(text, max = 1_000) {
    if (ORDINARY.test(text) && text.length <= max)
        return text;
    invisible ??= new RegExp(INVISIBLE, 'gu');
    const line = text
        .replace(/\r?\n/g, ' / ')
        .replaceAll('\t', ' ')
        .replace(invisible, (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`)
        .replaceAll('##[', '##\\[')
        .replace(COMMAND, '$1\\::');
    const characters = line.length > max ? [...line] : [];
    return characters.length > max ? `${characters.slice(0, max - 1).join('')}…` : line;
}
function plainDeep(value) {
    if (typeof value === 'string')
        return plain(value);
    if (Array.isArray(value))
        return value.map((item) => plainDeep(item));
    if (value === null || typeof value !== 'object')
        return value;
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, plainDeep(item)]));
}
function markdown(text) {
    return plain(text, 4_000)
        .split(/(`[^`]+`)/)
        .map((part, i) => (i % 2 === 1 ? markdownCode(part.slice(1, -1)) : escapeMarkdown(part)))
        .join('');
}
function markdownCode(text) {
    return `<code>${escapeMarkdown(plain(text, 4_000))}</code>`;
}
function markdownBlock(lines, language = '') {
    const safe = lines.map((line) => plain(line, 4_000));
    const longestRun = Math.max(0, ...[...safe.join('\n').matchAll(/`+/g)].map(([run]) => run.length));
    const fence = '`'.repeat(Math.max(3, longestRun + 1));
    return [`${fence}${language}`, ...safe, fence].join('\n');
}
function markdownPre(lines) {
    return `<pre>\n${lines.map((line) => escapeHtml(plain(line, 4_000))).join('\n')}\n</pre>`;
}
function escapeHtml(text) {
    return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
function escapeMarkdown(text) {
    return (text
        .replace(/[&<>`*_[\]#|~\\${}!]/g, (character) => `&#${character.charCodeAt(0)};`)
        .replace(/^(\s*)([-+=]|\d+(?=[.)](?:\s|$)))/, (_, space, start) => `${space}&#${start.charCodeAt(0)};${start.slice(1)}`)
        .replace(/:(?=\/)/g, '&#58;')
        .replace(/\bwww\./gi, (start) => `${start.slice(0, -1)}&#46;`)
        .replaceAll('@', '@&#8203;'));
}

;// CONCATENATED MODULE: ./.build/src/report/file.js



function writeReport(option, path, text, workspace) {
    const target = (0,external_node_path_namespaceObject.resolve)(workspace, path);
    try {
        const folder = (0,external_node_path_namespaceObject.dirname)(target);
        if (!(0,external_node_path_namespaceObject.relative)(workspace, folder).startsWith('..'))
            (0,external_node_fs_namespaceObject.mkdirSync)(folder, { recursive: true });
        (0,external_node_fs_namespaceObject.writeFileSync)(target, text);
        return { path: target };
    }
    catch (error) {
        const reason = REASONS[error.code ?? ''] ?? String(error);
        return { warning: `${option} could not be written to ${plain(target)}: ${reason}. The verdict stands.` };
    }
}
const REASONS = {
    ENOENT: 'the folder does not exist (ENOENT)',
    EISDIR: 'it is a folder (EISDIR); name a file in it',
    ENOTDIR: 'a part of the path is a file (ENOTDIR)',
    EACCES: 'permission denied (EACCES)',
    EPERM: 'the operation is not permitted (EPERM)',
    EROFS: 'the file system is read-only (EROFS)',
    ENOSPC: 'the disk is full (ENOSPC)',
    EDQUOT: 'the disk quota is used up (EDQUOT)',
};
function temporaryName() {
    return `smtp-gate-${Date.now().toString(36)}-${process.pid}.json`;
}

;// CONCATENATED MODULE: ./.build/src/report/outputs.js
const OUTPUTS = {
    status: "`pass`, `info`, `warn`, `fail` or `skip`: the worst target's, after `ignore`.",
    reachable: '`true` when every target accepted a TCP connection, `false` when one did not; empty when none was tried.',
    code: "The deciding finding's code; empty on pass.",
    codes: 'All codes found, one a line.',
    message: 'One sentence a person can act on.',
    banner: 'The greeting, made safe, first 512 characters (of the first target).',
    address: 'The address that answered (of the first target).',
    'latency-ms': 'Connect to greeting, whole milliseconds (of the first target).',
    'tls-protocol': 'The TLS version; empty where TLS was not used.',
    'certificate-expires-at': 'When the certificate expires; empty where TLS was not used.',
    'certificate-days-left': 'Days until the certificate expires; empty where TLS was not used.',
    total: 'How many targets were probed.',
    passed: 'How many did not fail.',
    failed: 'How many failed.',
    'incident-url': 'The incident issue; empty when there is none.',
    'incident-state': '`none`, `opened`, `updated`, `unchanged` or `closed`.',
    report: 'Path of the JSON report.',
};
const INITIAL_OUTPUTS = {
    status: 'fail',
    reachable: '',
    code: 'probe-crashed',
    codes: 'probe-crashed',
    message: 'The step was ended before it had a verdict.',
    banner: '',
    address: '',
    'latency-ms': '',
    'tls-protocol': '',
    'certificate-expires-at': '',
    'certificate-days-left': '',
    total: '0',
    passed: '0',
    failed: '0',
    'incident-url': '',
    'incident-state': 'none',
    report: '',
};
function outputValues(report, path) {
    const [first] = report.targets;
    const codes = [...report.targets.flatMap(({ findings }) => findings), ...report.findings].map(({ code }) => code);
    const { targets, fail, skip } = report.totals;
    return {
        ...INITIAL_OUTPUTS,
        status: report.status,
        reachable: reachable(report),
        code: report.code,
        codes: [...new Set(codes)].join('\n'),
        message: report.message,
        banner: first?.banner ?? '',
        address: first?.address ?? '',
        'latency-ms': first?.latencyMs == null ? '' : String(first.latencyMs),
        total: String(targets),
        passed: String(targets - fail - skip),
        failed: String(fail),
        report: path,
    };
}
function reachable({ targets }) {
    if (targets.length === 0 || targets.some((t) => t.reachable === null))
        return '';
    return String(targets.every((t) => t.reachable));
}

;// CONCATENATED MODULE: ./.build/src/report/report.js





const BANNER_LENGTH = 512;
async function buildReport(result, surroundings) {
    const around = { ...surroundings, explain: await loadExplain(result) };
    const targets = result.targets.map((target) => reportTarget(target, around));
    const nowhere = { host: '', port: 0, at: 'host:port' };
    const findings = result.gateFinding ? [reportFinding(result.gateFinding, nowhere, false, around)] : [];
    const count = (status) => targets.filter((t) => t.status === status).length;
    const deciding = targets.find((_, i) => result.targets[i]?.target === result.deciding?.target) ?? targets[0];
    return plainDeep({
        schema: 'smtp-gate/report@1',
        checkId: 'check.notify.email.connectivity',
        status: result.status,
        code: result.deciding?.finding.code ?? '',
        message: findings[0]?.message ?? deciding?.message ?? '',
        startedAt: result.startedAt.toISOString(),
        durationMs: Math.round(result.durationMs),
        runner: around.runner,
        run: around.run,
        totals: {
            targets: targets.length,
            pass: count('pass'),
            info: count('info'),
            warn: count('warn'),
            fail: count('fail'),
            skip: count('skip'),
        },
        targets,
        findings,
    });
}
async function loadExplain({ gateFinding, targets }) {
    if (!gateFinding && targets.every(({ findings }) => findings.length === 0))
        return never;
    return (await __nccwpck_require__.e(/* import() */ 503).then(__nccwpck_require__.bind(__nccwpck_require__, 503))).explain;
}
function never() {
    throw new Error('there is nothing to explain');
}
function reportTarget(result, around) {
    const { target, seen, deciding } = result;
    const subject = { ...target, at: hostPort(target) };
    const findings = result.findings.map((f) => reportFinding(f, subject, result.ignored.includes(f.code), around));
    const decided = findings[deciding ? result.findings.indexOf(deciding) : -1];
    const banner = seen ? greetingText(seen) : '';
    return {
        target: { ...target, label: subject.at },
        status: result.status,
        reachable: seen ? seen.address !== null || seen.dialled.some(wasAccepted) : null,
        code: deciding?.code ?? '',
        message: `${decided?.message ?? passMessage(result, subject.at)}${sayAttempts(result)}`,
        attempts: result.attempts,
        durationMs: Math.round(result.tookMs),
        address: seen?.address ?? null,
        addresses: seen?.dialled.map((a) => ({ ...a, startMs: tenth(a.startMs), tookMs: tenth(a.tookMs) })) ?? [],
        banner: banner === '' ? null : plain(banner, BANNER_LENGTH),
        latencyMs: seen?.latencyMs == null ? null : Math.round(seen.latencyMs),
        tls: null,
        capabilities: null,
        steps: seen?.steps.map((s) => ({ ...s, startMs: tenth(s.startMs), tookMs: tenth(s.tookMs) })) ?? [],
        transcript: seen?.transcript ?? [],
        findings,
    };
}
function reportFinding(finding, subject, ignored, { place, docs, verify, explain }) {
    return {
        code: finding.code,
        status: finding.status,
        ignored,
        ...explain(finding, subject, place),
        verify: verify(subject.at),
        docs: docs(finding.code),
    };
}
function wasAccepted({ errno }) {
    return errno === 'ECONNRESET';
}
function passMessage({ seen, ignored }, at) {
    const left = ignored.length > 0 ? `; left out of the verdict: ${ignored.join(', ')}` : '';
    if (!seen?.greeting || seen.latencyMs === null)
        return `${at} passes${left}`;
    return `${at} greeted after ${(0,words/* sayMs */.W)(seen.latencyMs)} with "${(0,words/* firstLine */.T)(greetingText(seen))}"${left}`;
}
function sayAttempts({ attempts, tookMs, deciding }) {
    if (attempts === 1)
        return '';
    const retried = deciding && CODES[deciding.code].retryable ? ', and each failed' : '';
    return ` (${attempts} attempts in ${(0,words/* sayMs */.W)(tookMs)}${retried})`;
}
function tenth(ms) {
    return Math.round(ms * 10) / 10;
}

;// CONCATENATED MODULE: ./.build/src/report/summary.js



const ICONS = { pass: '✅', info: 'ℹ️', warn: '⚠️', fail: '❌', skip: '⏭️' };
const VERDICTS = {
    pass: 'the mail server can be used',
    info: 'something answers, and it is not SMTP',
    warn: 'the mail server can be used, with a warning',
    fail: 'the mail server cannot be used',
    skip: 'nothing was probed',
};
const TRANSCRIPT_LINES = 60;
function summary(report, place) {
    const { status, code, message } = report;
    const headline = code === 'input-invalid'
        ? 'an input cannot be read'
        : code === 'probe-crashed'
            ? 'smtp-gate itself failed'
            : VERDICTS[status];
    const blocks = [
        `## ${ICONS[status]} smtp-gate: ${headline}`,
        markdown(message),
        ...report.targets.flatMap((target) => targetBlocks(target, place)),
        ...report.findings.flatMap((finding) => findingBlocks(finding, place)),
    ];
    return `${blocks.join('\n\n')}\n`;
}
function targetBlocks(target, place) {
    const row = [
        markdownCode(target.target.label),
        `${ICONS[target.status]} ${target.status}`,
        target.address === null ? '–' : markdownCode(target.address),
        target.latencyMs === null ? '–' : `${target.latencyMs} ms`,
        String(target.attempts),
    ];
    return [
        `| Target | Verdict | Address | Time to greeting | Attempts |\n| --- | --- | --- | --- | --- |\n| ${row.join(' | ')} |`,
        ...(target.steps.length === 0 ? [] : ['**Where the time went**', markdownPre(timeBars(target))]),
        ...target.findings.flatMap((finding) => findingBlocks(finding, place)),
        ...transcriptBlocks(target),
    ];
}
function findingBlocks(finding, place) {
    const { code, status, title, message, evidence, causes, remedies, verify, docs, ignored } = finding;
    const mine = remedies.filter(({ environment }) => environment === place || environment === 'any');
    const others = remedies.filter((remedy) => !mine.includes(remedy));
    return [
        `### ${ICONS[status]} ${title}${ignored ? ' (ignored)' : ''}`,
        `[${markdownCode(code)}](${docs})`,
        `**What was seen:** ${markdownCode(evidence)}`,
        `**What it means:** ${markdown(message)}`,
        '**Likely causes**',
        causes.map((cause, i) => `${i + 1}. ${markdown(cause)}`).join('\n'),
        '**What to do**',
        ...mine.map(remedyBlock),
        ...(others.length === 0 ? [] : [details('On other kinds of runner', others.map(remedyBlock))]),
        '**To check the fix**',
        markdownBlock([verify], 'sh'),
    ];
}
function remedyBlock({ environment, text, commands }) {
    const where = environment === 'any' ? '' : `**${PLACE_NAMES[environment]}:** `;
    const sentence = `- ${where}${markdown(text)}`;
    if (commands.length === 0)
        return sentence;
    return `${sentence}\n\n${markdownBlock(commands, 'sh').replace(/^/gm, '  ')}`;
}
function transcriptBlocks({ transcript }) {
    if (transcript.length === 0)
        return [];
    const shown = transcript.slice(0, TRANSCRIPT_LINES);
    const lines = shown.map(({ from, atMs, text }) => `${String(atMs).padStart(6)} ms  ${from === 'client' ? '→' : '←'} ${text}`);
    const left = transcript.length - shown.length;
    if (left > 0)
        lines.push(`… ${left} more lines are in the JSON report`);
    return [details('The conversation', [markdownPre(lines)])];
}
function details(title, blocks) {
    return `<details><summary>${title}</summary>\n\n${blocks.join('\n\n')}\n\n</details>`;
}

// EXTERNAL MODULE: ./.build/src/shell.js
var shell = __nccwpck_require__(812);
;// CONCATENATED MODULE: ./.build/src/inputs/repeat.js


const NOT_REPEATED = new Set([
    'host',
    'port',
    'summary',
    'annotations',
    'report-json',
]);
function targetOptions(settings) {
    return [...(settings?.given ?? [])]
        .filter(([name]) => !NOT_REPEATED.has(name))
        .flatMap(([name, text]) => values(OPTIONS[name], text).map((value) => `--${name}=${(0,shell/* shellQuote */.Z)(value)}`));
}
function values({ list }, text) {
    if (!list)
        return [text];
    return text
        .split(/\r\n|\r|\n/)
        .map((line) => line.trim())
        .filter((line) => line !== '');
}

// EXTERNAL MODULE: ./.build/src/project.js
var project = __nccwpck_require__(463);
;// CONCATENATED MODULE: ./.build/src/runner.js

const OS_NAMES = { linux: 'Linux', darwin: 'macOS', win32: 'Windows' };
function readRunner(env, exists = external_node_fs_namespaceObject.existsSync) {
    const hosted = env.RUNNER_ENVIRONMENT;
    const kubernetes = Boolean(env.KUBERNETES_SERVICE_HOST);
    return {
        environment: hosted === 'github-hosted' || hosted === 'self-hosted' ? hosted : 'local',
        os: env.RUNNER_OS || OS_NAMES[process.platform] || process.platform,
        container: kubernetes || exists('/.dockerenv') || exists('/run/.containerenv'),
        kubernetes,
    };
}
function readRun(env) {
    if (!env.GITHUB_RUN_ID)
        return null;
    const repository = env.GITHUB_REPOSITORY ?? '';
    const url = `${env.GITHUB_SERVER_URL ?? 'https://github.com'}/${repository}/actions/runs/${env.GITHUB_RUN_ID}`;
    return {
        repository,
        workflow: env.GITHUB_WORKFLOW ?? '',
        runId: env.GITHUB_RUN_ID,
        attempt: Number(env.GITHUB_RUN_ATTEMPT ?? 1),
        sha: env.GITHUB_SHA ?? '',
        ref: env.GITHUB_REF ?? '',
        event: env.GITHUB_EVENT_NAME ?? '',
        url,
    };
}
function placeOf({ environment, container, kubernetes }) {
    if (environment === 'github-hosted')
        return 'github-hosted';
    if (kubernetes)
        return 'kubernetes';
    return container ? 'docker-compose' : 'systemd';
}

;// CONCATENATED MODULE: ./.build/src/surroundings.js



function readSurroundings(env, settings) {
    const runner = readRunner(env);
    const { GITHUB_ACTION_REPOSITORY, GITHUB_ACTION_REF, GITHUB_SERVER_URL } = env;
    const site = GITHUB_ACTION_REPOSITORY
        ? `${GITHUB_SERVER_URL ?? 'https://github.com'}/${GITHUB_ACTION_REPOSITORY}/blob/${GITHUB_ACTION_REF || project/* PROJECT */.y.ref}`
        : `https://github.com/${project/* PROJECT */.y.repository}/blob/${project/* PROJECT */.y.ref}`;
    return {
        runner,
        run: readRun(env),
        place: placeOf(runner),
        docs: (code) => `${site}/docs/codes.md#${code}`,
        verify: (at) => ['smtp-gate', at, ...targetOptions(settings)].join(' '),
    };
}

;// CONCATENATED MODULE: ./.build/src/action.js


















async function run() {
    setOutputs(INITIAL_OUTPUTS);
    const read = readSettings((name) => getInput(name));
    if ('problems' in read)
        return conclude(refuse(read.problems, systemClock), null);
    const { settings } = read;
    boundSystemResolver(settings.timeout, process.env);
    const io = {
        clock: systemClock,
        probe: (plan) => probe(plan, systemIo(systemClock)),
        progress: (event) => info(sayProgress(event)),
    };
    return conclude(await runGate(settings, io), settings);
}
async function runCrashed(error) {
    await conclude(crash(error, systemClock), null);
}
async function conclude(result, settings) {
    const around = readSurroundings(process.env, settings);
    const report = await buildReport(result, around);
    info(account(report, around.place).join('\n'));
    action_debug(report, result);
    setOutputs(outputValues(report, writeJson(report, settings?.reportJson ?? null)));
    if (settings?.annotations ?? true)
        annotate(report, settings?.failOn ?? 'fail');
    if (settings?.summary ?? true)
        writeSummary(summary(report, around.place));
    leave(result.failsStep ? 1 : 0);
}
function writeJson(report, wanted) {
    const text = `${JSON.stringify(report, null, 2)}\n`;
    const places = [{ option: 'The JSON report', path: temporaryName(), base: process.env.RUNNER_TEMP || (0,external_node_os_namespaceObject.tmpdir)() }];
    if (wanted !== null)
        places.unshift({ option: 'report-json', path: wanted, base: process.cwd() });
    for (const { option, path, base } of places) {
        const written = writeReport(option, path, text, base);
        if ('path' in written)
            return written.path;
        warning(written.warning);
    }
    return '';
}
function writeSummary(markdown) {
    const file = process.env.GITHUB_STEP_SUMMARY;
    if (file)
        attempt('The job summary', () => (0,external_node_fs_namespaceObject.appendFileSync)(file, markdown));
}
function setOutputs(values) {
    const file = process.env.GITHUB_OUTPUT;
    if (file)
        attempt('The outputs', () => writeOutputs(file, values));
}
function attempt(what, write) {
    try {
        write();
    }
    catch (error) {
        warning(`${what} could not be written: ${error.message}. The verdict stands.`);
    }
}
function action_debug(report, { stack }) {
    if (!isDebug())
        return;
    for (const { target, transcript, addresses } of report.targets) {
        debug(`${target.label}: dialled ${JSON.stringify(addresses)}`);
        for (const { from, atMs, text } of transcript)
            debug(`${target.label}: ${atMs} ms ${from}: ${text}`);
    }
    if (stack !== null)
        debug(plain(stack, 10_000));
}

;// CONCATENATED MODULE: ./.build/src/index.js

process.once('uncaughtException', runCrashed);
run().catch(runCrashed);

module.exports = __webpack_exports__;
/******/ })()
;