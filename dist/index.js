import { createRequire as __WEBPACK_EXTERNAL_createRequire } from "module";
/******/ var __webpack_modules__ = ({

/***/ 692:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:tls");

/***/ })

/******/ });
/************************************************************************/
/******/ // The module cache
/******/ var __webpack_module_cache__ = {};
/******/ 
/******/ // The require function
/******/ function __nccwpck_require__(moduleId) {
/******/ 	// Check if module is in cache
/******/ 	var cachedModule = __webpack_module_cache__[moduleId];
/******/ 	if (cachedModule !== undefined) {
/******/ 		return cachedModule.exports;
/******/ 	}
/******/ 	// Create a new module (and put it into the cache)
/******/ 	var module = __webpack_module_cache__[moduleId] = {
/******/ 		// no module.id needed
/******/ 		// no module.loaded needed
/******/ 		exports: {}
/******/ 	};
/******/ 
/******/ 	// Execute the module function
/******/ 	var threw = true;
/******/ 	try {
/******/ 		__webpack_modules__[moduleId](module, module.exports, __nccwpck_require__);
/******/ 		threw = false;
/******/ 	} finally {
/******/ 		if(threw) delete __webpack_module_cache__[moduleId];
/******/ 	}
/******/ 
/******/ 	// Return the exports of the module
/******/ 	return module.exports;
/******/ }
/******/ 
/************************************************************************/
/******/ /* webpack/runtime/asset-relocator-loader */
/******/ if (typeof __nccwpck_require__ !== 'undefined') __nccwpck_require__.ab = decodeURIComponent(new URL('.', import.meta.url).pathname).slice(import.meta.url.match(/^file:\/\/\/\w:/) ? 1 : 0, -1) + "/";
/******/ 
/******/ /* webpack/runtime/compat get default export */
/******/ (() => {
/******/ 	// getDefaultExport function for compatibility with non-harmony modules
/******/ 	__nccwpck_require__.n = (module) => {
/******/ 		var getter = module && module.__esModule ?
/******/ 			() => (module['default']) :
/******/ 			() => (module);
/******/ 		__nccwpck_require__.d(getter, { a: getter });
/******/ 		return getter;
/******/ 	};
/******/ })();
/******/ 
/******/ /* webpack/runtime/create fake namespace object */
/******/ (() => {
/******/ 	var getProto = Object.getPrototypeOf ? (obj) => (Object.getPrototypeOf(obj)) : (obj) => (obj.__proto__);
/******/ 	var leafPrototypes;
/******/ 	// create a fake namespace object
/******/ 	// mode & 1: value is a module id, require it
/******/ 	// mode & 2: merge all properties of value into the ns
/******/ 	// mode & 4: return value when already ns object
/******/ 	// mode & 16: return value when it's Promise-like
/******/ 	// mode & 8|1: behave like require
/******/ 	__nccwpck_require__.t = function(value, mode) {
/******/ 		if(mode & 1) value = this(value);
/******/ 		if(mode & 8) return value;
/******/ 		if(typeof value === 'object' && value) {
/******/ 			if((mode & 4) && value.__esModule) return value;
/******/ 			if((mode & 16) && typeof value.then === 'function') return value;
/******/ 		}
/******/ 		var ns = Object.create(null);
/******/ 		__nccwpck_require__.r(ns);
/******/ 		var def = {};
/******/ 		leafPrototypes = leafPrototypes || [null, getProto({}), getProto([]), getProto(getProto)];
/******/ 		for(var current = mode & 2 && value; typeof current == 'object' && !~leafPrototypes.indexOf(current); current = getProto(current)) {
/******/ 			Object.getOwnPropertyNames(current).forEach((key) => (def[key] = () => (value[key])));
/******/ 		}
/******/ 		def['default'] = () => (value);
/******/ 		__nccwpck_require__.d(ns, def);
/******/ 		return ns;
/******/ 	};
/******/ })();
/******/ 
/******/ /* webpack/runtime/define property getters */
/******/ (() => {
/******/ 	// define getter functions for harmony exports
/******/ 	__nccwpck_require__.d = (exports, definition) => {
/******/ 		for(var key in definition) {
/******/ 			if(__nccwpck_require__.o(definition, key) && !__nccwpck_require__.o(exports, key)) {
/******/ 				Object.defineProperty(exports, key, { enumerable: true, get: definition[key] });
/******/ 			}
/******/ 		}
/******/ 	};
/******/ })();
/******/ 
/******/ /* webpack/runtime/hasOwnProperty shorthand */
/******/ (() => {
/******/ 	__nccwpck_require__.o = (obj, prop) => (Object.prototype.hasOwnProperty.call(obj, prop))
/******/ })();
/******/ 
/******/ /* webpack/runtime/make namespace object */
/******/ (() => {
/******/ 	// define __esModule on exports
/******/ 	__nccwpck_require__.r = (exports) => {
/******/ 		if(typeof Symbol !== 'undefined' && Symbol.toStringTag) {
/******/ 			Object.defineProperty(exports, Symbol.toStringTag, { value: 'Module' });
/******/ 		}
/******/ 		Object.defineProperty(exports, '__esModule', { value: true });
/******/ 	};
/******/ })();
/******/ 
/************************************************************************/
var __webpack_exports__ = {};

;// CONCATENATED MODULE: external "node:os"
const external_node_os_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:os");
;// CONCATENATED MODULE: external "os"
const external_os_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("os");
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
;// CONCATENATED MODULE: external "crypto"
const external_crypto_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("crypto");
;// CONCATENATED MODULE: external "fs"
const external_fs_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("fs");
;// CONCATENATED MODULE: ./node_modules/@actions/core/lib/file-command.js
// For internal use, subject to change.
// We use any as a valid input type
/* eslint-disable @typescript-eslint/no-explicit-any */




function file_command_issueFileCommand(command, message) {
    const filePath = process.env[`GITHUB_${command}`];
    if (!filePath) {
        throw new Error(`Unable to find environment variable for file command ${command}`);
    }
    if (!external_fs_namespaceObject.existsSync(filePath)) {
        throw new Error(`Missing file at path: ${filePath}`);
    }
    external_fs_namespaceObject.appendFileSync(filePath, `${utils_toCommandValue(message)}${external_os_namespaceObject.EOL}`, {
        encoding: 'utf8'
    });
}
function file_command_prepareKeyValueMessage(key, value) {
    const delimiter = `ghadelimiter_${external_crypto_namespaceObject.randomUUID()}`;
    const convertedValue = utils_toCommandValue(value);
    // These should realistically never happen, but just in case someone finds a
    // way to exploit uuid generation let's not allow keys or values that contain
    // the delimiter.
    if (key.includes(delimiter)) {
        throw new Error(`Unexpected input: name should not contain the delimiter "${delimiter}"`);
    }
    if (convertedValue.includes(delimiter)) {
        throw new Error(`Unexpected input: value should not contain the delimiter "${delimiter}"`);
    }
    return `${key}<<${delimiter}${external_os_namespaceObject.EOL}${convertedValue}${external_os_namespaceObject.EOL}${delimiter}`;
}
//# sourceMappingURL=file-command.js.map
;// CONCATENATED MODULE: external "path"
const external_path_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("path");
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
        return file_command_issueFileCommand('OUTPUT', file_command_prepareKeyValueMessage(name, value));
    }
    process.stdout.write(external_os_namespaceObject.EOL);
    command_issueCommand('set-output', { name }, utils_toCommandValue(value));
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
;// CONCATENATED MODULE: ./node_modules/@actions/core/lib/summary.js
var summary_awaiter = (undefined && undefined.__awaiter) || function (thisArg, _arguments, P, generator) {
    function adopt(value) { return value instanceof P ? value : new P(function (resolve) { resolve(value); }); }
    return new (P || (P = Promise))(function (resolve, reject) {
        function fulfilled(value) { try { step(generator.next(value)); } catch (e) { reject(e); } }
        function rejected(value) { try { step(generator["throw"](value)); } catch (e) { reject(e); } }
        function step(result) { result.done ? resolve(result.value) : adopt(result.value).then(fulfilled, rejected); }
        step((generator = generator.apply(thisArg, _arguments || [])).next());
    });
};


const { access, appendFile, writeFile } = external_fs_namespaceObject.promises;
const SUMMARY_ENV_VAR = 'GITHUB_STEP_SUMMARY';
const SUMMARY_DOCS_URL = 'https://docs.github.com/actions/using-workflows/workflow-commands-for-github-actions#adding-a-job-summary';
class Summary {
    constructor() {
        this._buffer = '';
    }
    /**
     * Finds the summary file path from the environment, rejects if env var is not found or file does not exist
     * Also checks r/w permissions.
     *
     * @returns step summary file path
     */
    filePath() {
        return summary_awaiter(this, void 0, void 0, function* () {
            if (this._filePath) {
                return this._filePath;
            }
            const pathFromEnv = process.env[SUMMARY_ENV_VAR];
            if (!pathFromEnv) {
                throw new Error(`Unable to find environment variable for $${SUMMARY_ENV_VAR}. Check if your runtime environment supports job summaries.`);
            }
            try {
                yield access(pathFromEnv, external_fs_namespaceObject.constants.R_OK | external_fs_namespaceObject.constants.W_OK);
            }
            catch (_a) {
                throw new Error(`Unable to access summary file: '${pathFromEnv}'. Check if the file has correct read/write permissions.`);
            }
            this._filePath = pathFromEnv;
            return this._filePath;
        });
    }
    /**
     * Wraps content in an HTML tag, adding any HTML attributes
     *
     * @param {string} tag HTML tag to wrap
     * @param {string | null} content content within the tag
     * @param {[attribute: string]: string} attrs key-value list of HTML attributes to add
     *
     * @returns {string} content wrapped in HTML element
     */
    wrap(tag, content, attrs = {}) {
        const htmlAttrs = Object.entries(attrs)
            .map(([key, value]) => ` ${key}="${value}"`)
            .join('');
        if (!content) {
            return `<${tag}${htmlAttrs}>`;
        }
        return `<${tag}${htmlAttrs}>${content}</${tag}>`;
    }
    /**
     * Writes text in the buffer to the summary buffer file and empties buffer. Will append by default.
     *
     * @param {SummaryWriteOptions} [options] (optional) options for write operation
     *
     * @returns {Promise<Summary>} summary instance
     */
    write(options) {
        return summary_awaiter(this, void 0, void 0, function* () {
            const overwrite = !!(options === null || options === void 0 ? void 0 : options.overwrite);
            const filePath = yield this.filePath();
            const writeFunc = overwrite ? writeFile : appendFile;
            yield writeFunc(filePath, this._buffer, { encoding: 'utf8' });
            return this.emptyBuffer();
        });
    }
    /**
     * Clears the summary buffer and wipes the summary file
     *
     * @returns {Summary} summary instance
     */
    clear() {
        return summary_awaiter(this, void 0, void 0, function* () {
            return this.emptyBuffer().write({ overwrite: true });
        });
    }
    /**
     * Returns the current summary buffer as a string
     *
     * @returns {string} string of summary buffer
     */
    stringify() {
        return this._buffer;
    }
    /**
     * If the summary buffer is empty
     *
     * @returns {boolen} true if the buffer is empty
     */
    isEmptyBuffer() {
        return this._buffer.length === 0;
    }
    /**
     * Resets the summary buffer without writing to summary file
     *
     * @returns {Summary} summary instance
     */
    emptyBuffer() {
        this._buffer = '';
        return this;
    }
    /**
     * Adds raw text to the summary buffer
     *
     * @param {string} text content to add
     * @param {boolean} [addEOL=false] (optional) append an EOL to the raw text (default: false)
     *
     * @returns {Summary} summary instance
     */
    addRaw(text, addEOL = false) {
        this._buffer += text;
        return addEOL ? this.addEOL() : this;
    }
    /**
     * Adds the operating system-specific end-of-line marker to the buffer
     *
     * @returns {Summary} summary instance
     */
    addEOL() {
        return this.addRaw(external_os_namespaceObject.EOL);
    }
    /**
     * Adds an HTML codeblock to the summary buffer
     *
     * @param {string} code content to render within fenced code block
     * @param {string} lang (optional) language to syntax highlight code
     *
     * @returns {Summary} summary instance
     */
    addCodeBlock(code, lang) {
        const attrs = Object.assign({}, (lang && { lang }));
        const element = this.wrap('pre', this.wrap('code', code), attrs);
        return this.addRaw(element).addEOL();
    }
    /**
     * Adds an HTML list to the summary buffer
     *
     * @param {string[]} items list of items to render
     * @param {boolean} [ordered=false] (optional) if the rendered list should be ordered or not (default: false)
     *
     * @returns {Summary} summary instance
     */
    addList(items, ordered = false) {
        const tag = ordered ? 'ol' : 'ul';
        const listItems = items.map(item => this.wrap('li', item)).join('');
        const element = this.wrap(tag, listItems);
        return this.addRaw(element).addEOL();
    }
    /**
     * Adds an HTML table to the summary buffer
     *
     * @param {SummaryTableCell[]} rows table rows
     *
     * @returns {Summary} summary instance
     */
    addTable(rows) {
        const tableBody = rows
            .map(row => {
            const cells = row
                .map(cell => {
                if (typeof cell === 'string') {
                    return this.wrap('td', cell);
                }
                const { header, data, colspan, rowspan } = cell;
                const tag = header ? 'th' : 'td';
                const attrs = Object.assign(Object.assign({}, (colspan && { colspan })), (rowspan && { rowspan }));
                return this.wrap(tag, data, attrs);
            })
                .join('');
            return this.wrap('tr', cells);
        })
            .join('');
        const element = this.wrap('table', tableBody);
        return this.addRaw(element).addEOL();
    }
    /**
     * Adds a collapsable HTML details element to the summary buffer
     *
     * @param {string} label text for the closed state
     * @param {string} content collapsable content
     *
     * @returns {Summary} summary instance
     */
    addDetails(label, content) {
        const element = this.wrap('details', this.wrap('summary', label) + content);
        return this.addRaw(element).addEOL();
    }
    /**
     * Adds an HTML image tag to the summary buffer
     *
     * @param {string} src path to the image you to embed
     * @param {string} alt text description of the image
     * @param {SummaryImageOptions} options (optional) addition image attributes
     *
     * @returns {Summary} summary instance
     */
    addImage(src, alt, options) {
        const { width, height } = options || {};
        const attrs = Object.assign(Object.assign({}, (width && { width })), (height && { height }));
        const element = this.wrap('img', null, Object.assign({ src, alt }, attrs));
        return this.addRaw(element).addEOL();
    }
    /**
     * Adds an HTML section heading element
     *
     * @param {string} text heading text
     * @param {number | string} [level=1] (optional) the heading level, default: 1
     *
     * @returns {Summary} summary instance
     */
    addHeading(text, level) {
        const tag = `h${level}`;
        const allowedTag = ['h1', 'h2', 'h3', 'h4', 'h5', 'h6'].includes(tag)
            ? tag
            : 'h1';
        const element = this.wrap(allowedTag, text);
        return this.addRaw(element).addEOL();
    }
    /**
     * Adds an HTML thematic break (<hr>) to the summary buffer
     *
     * @returns {Summary} summary instance
     */
    addSeparator() {
        const element = this.wrap('hr', null);
        return this.addRaw(element).addEOL();
    }
    /**
     * Adds an HTML line break (<br>) to the summary buffer
     *
     * @returns {Summary} summary instance
     */
    addBreak() {
        const element = this.wrap('br', null);
        return this.addRaw(element).addEOL();
    }
    /**
     * Adds an HTML blockquote to the summary buffer
     *
     * @param {string} text quote text
     * @param {string} cite (optional) citation url
     *
     * @returns {Summary} summary instance
     */
    addQuote(text, cite) {
        const attrs = Object.assign({}, (cite && { cite }));
        const element = this.wrap('blockquote', text, attrs);
        return this.addRaw(element).addEOL();
    }
    /**
     * Adds an HTML anchor tag to the summary buffer
     *
     * @param {string} text link text/content
     * @param {string} href hyperlink
     *
     * @returns {Summary} summary instance
     */
    addLink(text, href) {
        const element = this.wrap('a', text, { href });
        return this.addRaw(element).addEOL();
    }
}
const _summary = new Summary();
/**
 * @deprecated use `core.summary`
 */
const markdownSummary = (/* unused pure expression or super */ null && (_summary));
const summary = _summary;
//# sourceMappingURL=summary.js.map
;// CONCATENATED MODULE: ./src/clock.ts
const systemClock = {
    now: () => performance.now(),
    date: () => new Date(),
    after(ms, callback) {
        const timer = setTimeout(callback, ms);
        return () => clearTimeout(timer);
    },
};

;// CONCATENATED MODULE: external "node:dns"
const external_node_dns_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:dns");
var external_node_dns_default = /*#__PURE__*/__nccwpck_require__.n(external_node_dns_namespaceObject);
;// CONCATENATED MODULE: ./src/probe/resolve.ts

let pending = 0;
/** Whether a lookup is still going on in a thread that the process cannot exit before. */
function lookupPending() {
    return pending > 0;
}
/** `getaddrinfo(3)`, as every other program on the machine: hosts file, search domains, VPN. */
const systemResolver = {
    async addresses(host, family) {
        pending += 1;
        const lookup = external_node_dns_default().promises.lookup(host, { all: true, family, verbatim: true }).finally(() => {
            pending -= 1;
        });
        const found = await lookup;
        return found.map(({ address, family }) => ({ address, family: family === 6 ? 6 : 4 }));
    },
    // getaddrinfo says ENOTFOUND both for a name that does not exist and for one without an address.
    async exists(host) {
        const resolver = new (external_node_dns_default()).promises.Resolver({ timeout: 1_000, tries: 1 });
        try {
            await resolver.resolve4(host);
            return true;
        }
        catch (error) {
            const { code } = error;
            if (code === (external_node_dns_default()).NODATA)
                return true;
            if (code === (external_node_dns_default()).NOTFOUND)
                return false;
            throw error;
        }
    },
};
/**
 * Tells glibc's resolver to give up about when we do. A lookup runs in a thread that cannot be cancelled, and the
 * process cannot exit before it: with an unreachable DNS server, glibc's own 10 s would outlast a short deadline.
 * musl, macOS and Windows ignore the variable; a value of the user's stays.
 */
function boundSystemResolver(timeoutMs, env) {
    const seconds = Math.min(5, Math.max(1, Math.ceil(timeoutMs / 2_000)));
    env.RES_OPTIONS ??= `timeout:${seconds} attempts:2`;
}

;// CONCATENATED MODULE: ./src/exit.ts

/** How long the event loop may take to come to rest before the process is ended all the same, in milliseconds. */
const REST_MS = 200;
/**
 * Ends the process with a status. It comes to rest by itself; but a lookup that nobody answers cannot be cancelled, and
 * `process.exit` waits for its thread: where Node can (22.15 and later, not on Windows), a shell takes the process over.
 */
function leave(status) {
    process.exitCode = status;
    if (lookupPending()) {
        // Nothing but an empty write's callback says that what was written has been handed over.
        process.stdout.write('', () => replaceProcess(status));
        return;
    }
    setTimeout(() => process.exit(status), REST_MS).unref();
}
function replaceProcess(status) {
    try {
        process.execve?.('/bin/sh', ['sh', '-c', `exit ${status}`], {});
    }
    catch {
        // No shell, or a system without execve: the resolver's own time-out ends the wait.
    }
    process.exit(status);
}

;// CONCATENATED MODULE: ./src/codes.ts
/** Verdicts, best first; `skip` stands outside the order. */
const STATUSES = ['pass', 'info', 'warn', 'fail'];
const row = (status, when) => ({ status, retryable: false, when });
const retryable = (status, when) => ({ status, retryable: true, when });
/** Every code that a finding can have. Names are permanent once released. */
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

;// CONCATENATED MODULE: ./src/smtp/reply.ts
/** Bounds of what one conversation may send us: RFC 5321 §4.5.3.1 asks for 512 bytes a line; servers send more. */
const BOUNDS = { lineBytes: 4096, replyLines: 256, conversationBytes: 256 * 1024 };
const LF = 0x0a;
const CR = 0x0d;
const EMPTY = new Uint8Array(0);
const LINE = /^([2-5]\d\d)(?:([ -])(.*))?$/s;
const utf8 = new TextDecoder('utf-8', { fatal: true });
const latin1 = new TextDecoder('latin1');
/**
 * Cuts a byte stream into replies: push what arrives, then read until `undefined`, which asks for more.
 * A bare LF ends a line as CR LF does. What was malformed stays malformed.
 */
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
    /** The next complete reply, the reason why there can be none, or `undefined` when more bytes are needed. */
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
    /** What has arrived and belongs to no complete reply yet, lines joined with LF. */
    unread() {
        const whole = this.#lines.map((text) => `${this.#code}-${text}`);
        const rest = decode(this.#bytes.subarray(0, BOUNDS.lineBytes));
        return [...whole, ...(rest === '' ? [] : [rest])].join('\n');
    }
    /** True when what has arrived of this line cannot become a reply, whatever follows. */
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
/** A reply as it was sent, lines joined with LF. */
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
/** Text as UTF-8 (RFC 6531 §3.7.4), or byte by byte when it is none, so that no byte is lost. */
function decode(bytes) {
    try {
        return utf8.decode(bytes);
    }
    catch {
        return latin1.decode(bytes);
    }
}

;// CONCATENATED MODULE: external "node:vm"
const external_node_vm_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:vm");
var external_node_vm_default = /*#__PURE__*/__nccwpck_require__.n(external_node_vm_namespaceObject);
;// CONCATENATED MODULE: ./src/diagnosis/banner.ts

/** A regular expression that has not finished by then is backtracking without end, in milliseconds. */
const MATCH_LIMIT_MS = 250;
/**
 * Matches the user's expression against a hostile text. V8 interrupts even a backtracking expression, but only for a
 * script with a timeout: hence the context.
 */
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

;// CONCATENATED MODULE: ./src/diagnosis/protocols.ts
/** How each protocol begins, strictest first; a line of text per RFC, or bytes read as Latin-1. */
const BEGINNINGS = [
    ['ssh', /^SSH-\d/], // RFC 4253 §4.2
    ['http', /^HTTP\/\d|^<!doctype html|^<html/i], // RFC 9112 §4
    ['imap', /^\* (?:OK|PREAUTH|BYE)\b/i], // RFC 9051 §7.1
    ['pop3', /^(?:\+OK|-ERR)\b/], // RFC 1939 §3
    ['telnet', /^ÿ[ûüýþ]/], // RFC 854: IAC, then WILL, WONT, DO or DONT
    ['tls', /^[\x14-\x17]\x03[\x00-\x04]/], // RFC 8446 §5.1
    ['nntp', /^(?:20[01]|400|502)[ -].*\b(?:nntp|nnrp|news|inn\d*|leafnode)/i], // RFC 3977 §5.1
    ['ftp', /^120[ -]/], // RFC 959 §4.2
];
/** Words of FTP servers' greetings; a dotted name such as ftp.example.com is a host's, and no such word. */
const FTP = /(?:^|[\s([])(?:(?:vs|pro|pure-|wu-|ws_)?ftpd?|filezilla)(?=$|[\s,:;)\]!]|\.(?:\s|$))/i;
const SMTP = /\b[EL]?E?SMTPS?\b|\bLMTP\b/i;
/** The protocol that begins like this, or `null` when it may well be SMTP. */
function recognise(text) {
    for (const [protocol, beginning] of BEGINNINGS) {
        if (beginning.test(text))
            return protocol === 'unknown' ? null : protocol;
    }
    // FTP greets with 220 as SMTP does (RFC 959 §5.4): only its words tell it apart.
    const isFtp = /^220[ -]/.test(text) && FTP.test(text.replace(/^220[ -]/gm, '')) && !SMTP.test(text);
    return isFtp ? 'ftp' : null;
}
/** `220 ****…`: a middlebox has overwritten the greeting (Cisco's "SMTP fixup"). */
function isRewritten(text) {
    return /^220[ -][\s*\d]*\*{3}[\s*\dX]*$/.test(text);
}

;// CONCATENATED MODULE: ./src/diagnosis/diagnose.ts




/** A finding with its code's own status, or with one that the circumstances call for. */
function finding(code, facts, status = CODES[code].status) {
    return { code, status, facts };
}
/** Judges one attempt: the cause of its end first, then what the greeting says, then whether it was quick enough. */
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
/** Of several addresses' failures the one that says most: a refusal is an answer, an unreachable family is not. */
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
    // Three digits are an attempt at SMTP; anything else on a line of its own is somebody else's protocol.
    if (end.kind === 'malformed' && end.reply.malformed === 'not-a-reply' && !/^\d{3}/.test(text)) {
        return finding('not-smtp', { protocol: 'unknown', text });
    }
    return conversationFailure(end);
}
/** What an end means wherever it happens. */
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
/** A refusal or an end has its own finding: only a greeting that stands is compared. */
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
/** What the server said first, SMTP or not; empty when it said nothing. */
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
/** QUIT's answer is 221 (RFC 5321 §4.2.3); a refusal of it is odd and harmless, a greeting in its place is not. */
function farewellOf({ greeting, farewell }) {
    if (!greeting || !farewell || farewell.code === 221 || farewell.code === 250 || farewell.code >= 400)
        return [];
    if (recognise(replyText(greeting)))
        return [];
    const what = `QUIT was answered with ${farewell.code} instead of 221`;
    return [finding('protocol-violation', { step: 'quit', what, text: replyText(farewell) })];
}

;// CONCATENATED MODULE: ./src/diagnosis/verdict.ts

/** The worse of two statuses; `skip` is worse than nothing found and better than anything found. */
function worse(a, b) {
    return rank(a) >= rank(b) ? a : b;
}
/** Orders statuses from best to worst. */
function rank(status) {
    return status === 'skip' ? 0.5 : STATUSES.indexOf(status);
}
/** The finding that decides: the worst, the first of equals. `null` when nothing counts. */
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
/** Whether a status fails the step. A skipped one never does. */
function failsStep(status, failOn) {
    return failOn !== 'never' && status !== 'skip' && rank(status) >= rank(failOn);
}

;// CONCATENATED MODULE: ./src/gate.ts



/** Back-off between attempts: 0.5 s, 1 s, 2 s, then every 5 s. */
const BACK_OFF_MS = [500, 1_000, 2_000];
const SLOWEST_RETRY_MS = 5_000;
/** The gate: every target probed, retried while that can help, and judged. */
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
/** The gate's result when the inputs cannot be read. */
function refuse(problems, clock) {
    return withoutTargets(finding('input-invalid', { problems }), true, begin(clock));
}
/** The gate's result when our own code fails outside of a probe. */
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
/** One attempt; a throw of the probe or the diagnosis is our own defect, and a finding of its own. */
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
/** Trying again helps when every failure may pass by itself. */
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

;// CONCATENATED MODULE: ./src/address.ts
const OCTET = '(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)';
const IPV4 = new RegExp(`^(?:(?!0\\d)${OCTET}\\.){3}(?!0\\d)${OCTET}$`);
const IPV6 = /^([0-9a-f:.]*:[0-9a-f:.]*)(?:%[\w.-]+)?$/i;
/** The family of an IP address, zone and all (RFC 4007 §11), and 0 for anything else. */
function ipFamily(text) {
    if (IPV4.test(text))
        return 4;
    const bare = IPV6.exec(text)?.[1];
    return bare !== undefined && URL.canParse(`http://[${bare}]`) ? 6 : 0;
}
/** The address that a host already is, if it is one. */
function literalAddress(host) {
    const family = ipFamily(host);
    return family === 0 ? null : { address: host, family };
}
/** Host and port as people write them: an IPv6 address in brackets. */
function hostPort({ host, port }) {
    return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
}

;// CONCATENATED MODULE: external "node:url"
const external_node_url_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:url");
;// CONCATENATED MODULE: ./src/inputs/parsed.ts
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
/** A character as a person can recognise it, whether or not it can be seen. */
function nameCharacter(character) {
    const known = NAMES[character];
    if (known)
        return known;
    const code = `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
    if (/^[\x21-\x7e]$/.test(character))
        return `the character ${character}`;
    if (/^[\p{L}\p{N}\p{S}\p{Pi}\p{Pf}\p{Po}]$/u.test(character))
        return `the character ${character} (${code})`;
    return `an invisible character (${code})`;
}
/** A value as it is quoted in a message: short, and on one line. */
function quote(text) {
    return JSON.stringify(text.length > 60 ? `${text.slice(0, 60)}…` : text);
}

;// CONCATENATED MODULE: ./src/inputs/host.ts



const LABEL = /^[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?$/i;
const example = 'write the bare name or address, such as mail.example.com';
/**
 * A host name (RFC 1123 §2.1, underscores tolerated as container networks use them; internationalised names become
 * A-labels, RFC 5891), an IPv4 address, or an IPv6 address with or without brackets.
 */
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
    return nameProblem(name, text) ?? { value: name };
}
/** Mistakes that have a better name than the first odd character in them. */
function shapeProblem(text) {
    const scheme = /^([a-z][a-z0-9+.-]*):\/\/(.*)$/is.exec(text);
    if (scheme)
        return `begins with the scheme ${scheme[1]}://; write the name alone, and the port in \`port\``;
    if (/^\$\{\{|^\$\w|^\$\(/.test(text))
        return `is an expression that was not evaluated (${quote(text)}); ${example}`;
    if (/^[^\s@]+@[^\s@]+$/.test(text))
        return `contains an at sign (@): that is an address; write the host behind the @`;
    if (/^\[?[0-9a-f:.%]*\]?:\d+$/i.test(text) && text.startsWith('['))
        return portProblem(text);
    if (/^[^\s:/]+:\d+$/.test(text))
        return portProblem(text);
    if (/^[^\s,;]+(?:[\s,;]+[^\s,;]+)+$/.test(text) && !/[\r\n\0"']/.test(text)) {
        return `contains ${nameCharacter(/[\s,;]/.exec(text)?.[0] ?? ' ')}: one host only; use one step for each`;
    }
    return undefined;
}
function portProblem(text) {
    const at = text.lastIndexOf(':');
    return `contains a port (${text.slice(at)}); write ${text.slice(0, at)} here, and ${text.slice(at + 1)} in \`port\``;
}
function characterProblem(text) {
    const at = text.search(/[^a-z0-9._\-\u0080-\uffff]|[\u0080-\u00b6\u00b8-\u00bf\u2000-\u206f\u3000-\u303f\ufeff]/iu);
    if (at === -1)
        return undefined;
    const odd = String.fromCodePoint(text.codePointAt(at) ?? 0);
    const clean = text.replace(/[^a-z0-9._\-:]/gi, '');
    const hint = ipFamily(clean) !== 0 || nameProblem(clean, clean) === undefined ? `write ${clean}` : example;
    const advice = /[\r\n\0]/.test(text) ? example : hint;
    return `contains ${nameCharacter(odd)} at character ${at + 1}; ${advice}`;
}
function nameProblem(name, text) {
    const labels = name.replace(/\.$/, '').split('.');
    if (name === '')
        return { problem: `${quote(text)} is not a valid domain name; ${example}` };
    if (name.length > 254)
        return { problem: `is ${name.length} characters long; a name has at most 253` };
    if (/^[\d.]+$|^0x/i.test(name)) {
        return { problem: `${quote(text)} looks like an IPv4 address and is none; write four numbers from 0 to 255` };
    }
    for (const label of labels) {
        if (label === '')
            return { problem: 'has an empty part between two dots; write single dots' };
        if (label.length > 63)
            return { problem: `has a part of ${label.length} characters; a part has at most 63` };
        if (!LABEL.test(label))
            return { problem: `has the part ${quote(label)}; a part begins and ends with a letter or digit` };
    }
    return undefined;
}

;// CONCATENATED MODULE: ./src/inputs/kinds.ts

const SERVICES = { smtp: 25, smtps: 465, submissions: 465, submission: 587 };
const UNITS = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000 };
/** Timers hold at most 2³¹ ms; nobody waits a day for a gate. */
const LONGEST_MS = 24 * UNITS.h;
/** A TCP port, 1–65535. */
function port(text) {
    const service = SERVICES[text.toLowerCase()];
    if (service)
        return { problem: `${quote(text)} is a service name; write the number ${service}` };
    const at = text.search(/[^0-9]/);
    if (at !== -1) {
        const digits = /^\D*(\d{1,5})\D*$/.exec(text)?.[1];
        const odd = nameCharacter(String.fromCodePoint(text.codePointAt(at) ?? 0));
        return { problem: `contains ${odd} in ${quote(text)}; write ${digits ?? 'digits alone, such as 587'}` };
    }
    const value = Number(text);
    if (value < 1 || value > 65_535)
        return { problem: `${quote(text)} is out of range; write a number from 1 to 65535` };
    return { value };
}
/** A duration in milliseconds: `500ms`, `10s`, `2m`, `1h`; a bare number is seconds. */
function duration({ zero }) {
    return (text) => {
        const match = /^(\d+(?:\.\d+)?)\s*(ms|s|m|h)?$/.exec(text);
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
/** One of a few words. */
function oneOf(...choices) {
    return (text) => {
        const value = choices.find((choice) => choice === text);
        if (value !== undefined)
            return { value };
        return { problem: `${quote(text)} is not one of the choices; write one of ${choices.join(', ')}` };
    };
}
/** A boolean of YAML 1.2's core schema (§10.3.2). */
function kinds_boolean(text) {
    if (/^(?:true|True|TRUE)$/.test(text))
        return { value: true };
    if (/^(?:false|False|FALSE)$/.test(text))
        return { value: false };
    return { problem: `${quote(text)} is not a boolean; write true or false` };
}
/** The source of a JavaScript regular expression that compiles. */
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
/** A file's path. */
function kinds_path(text) {
    const odd = /[\0\r\n]/.exec(text)?.[0];
    return odd === undefined ? { value: text } : { problem: `contains ${nameCharacter(odd)}; write one path` };
}
/** Something that is not there when the text is empty. */
function optional(parse) {
    return (text) => (text === '' ? { value: null } : parse(text));
}
/** One value a line; empty lines do not count. */
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

;// CONCATENATED MODULE: ./src/inputs/target.ts



/** `host:port` or `[v6]:port`. */
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

;// CONCATENATED MODULE: ./src/inputs/ignore.ts



/** `code` or `code@host:port`. */
function ignoreRule(text) {
    const [code = '', ...rest] = text.split('@');
    if (!isCode(code)) {
        const near = Object.keys(CODES).filter((known) => known.split('-')[0] === code.split('-')[0]);
        const choices = near.length > 0 ? near : Object.keys(CODES);
        return { problem: `${quote(code)} is not a code; write one of ${choices.join(', ')}` };
    }
    if (rest.length === 0)
        return { value: { code, at: null } };
    const target = hostAndPort(rest.join('@'));
    return 'value' in target ? { value: { code, at: target.value } } : target;
}

;// CONCATENATED MODULE: ./src/inputs/options.ts



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
/** The options that the command line has as flags. */
const CLI_OPTIONS = OPTION_NAMES.filter((name) => !OPTIONS[name].actionOnly);

;// CONCATENATED MODULE: ./src/inputs/settings.ts


/** Reads every option and reports all problems at once; nothing else of the program reads an input. */
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
    const options = values;
    if (problems.length === 0)
        problems.push(...contradictions(options));
    if (problems.length > 0)
        return { problems };
    const { host, port, ...rest } = options;
    const targets = host !== null && port !== null ? [{ host, port }] : [];
    const missing = [...(host === null ? ['host'] : []), ...(port === null ? ['port'] : [])];
    return { settings: { ...rest, targets, missing, given } };
}
/** Options that are each well-formed and cannot all be meant. */
function contradictions({ host, ipFamily, latencyWarn, latencyFail }) {
    const problems = [];
    const literal = host === null ? null : literalAddress(host);
    if (literal && ipFamily !== 'auto' && literal.family !== Number(ipFamily)) {
        const problem = `"${ipFamily}" excludes the host, which is the IPv${literal.family} address ${host}; write auto or ${literal.family}`;
        problems.push({ input: 'ip-family', problem });
    }
    if (latencyWarn !== null && latencyFail !== null && latencyWarn > latencyFail) {
        const problem = `${latencyWarn} ms is above latency-fail (${latencyFail} ms), so it could never warn; write a shorter time`;
        problems.push({ input: 'latency-warn', problem });
    }
    return problems;
}
function camelCase(name) {
    return name.replace(/-(\w)/g, (_, letter) => letter.toUpperCase());
}

;// CONCATENATED MODULE: ./src/probe/deadline.ts
/** Carries the first cause out of a conversation; never leaves probe/. */
class Interrupted extends Error {
    end;
    name = 'Interrupted';
    constructor(end) {
        super(end.kind);
        this.end = end;
    }
}
/** The `code` that the operating system or OpenSSL gave an error; an error without one is our own and is thrown on. */
function deadline_errnoOf(error) {
    const { code, syscall } = error;
    if (code === undefined || (syscall === undefined && code.startsWith('ERR_') && !code.startsWith('ERR_SSL')))
        throw error;
    return code;
}
/** Bounds every wait of one attempt. */
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
    /** Milliseconds since the attempt began. */
    elapsed() {
        return this.#clock.now() - this.startedAt;
    }
    remaining() {
        return Math.max(0, this.#limits.deadlineMs - this.elapsed());
    }
    /**
     * Waits for `work`, at most `atMost` (the timeout unless given) and never beyond the deadline.
     * Then `signal` is aborted and the wait ends as silence or deadline, with what `heard` tells of the other side.
     */
    async wait(work, { heard = () => '', atMost = this.#limits.timeoutMs } = {}) {
        const remaining = this.remaining();
        const limit = Math.min(atMost, remaining);
        const controller = new AbortController();
        let cancel = () => { };
        const expiry = new Promise((_, reject) => {
            cancel = this.#clock.after(limit, () => {
                // An answer that arrived while the loop was busy is still in the poll phase: let it be heard first.
                setImmediate(() => {
                    const kind = remaining < atMost ? 'deadline' : 'silence';
                    const ms = kind === 'deadline' ? this.#limits.deadlineMs : limit;
                    reject(new Interrupted({ kind, ms, heard: heard() }));
                });
            });
        });
        try {
            return await Promise.race([work(controller.signal), expiry]);
        }
        finally {
            cancel();
            controller.abort();
        }
    }
}

;// CONCATENATED MODULE: ./src/probe/conversation.ts


/** How long bytes that cannot become a reply may go on arriving before they are taken for what they are. */
const SETTLE_MS = 1_000;
/**
 * One SMTP conversation over any stream. Nothing is written but by `command`, and nothing read but by `reply`;
 * both end within the deadline, and both throw `Interrupted` with the first cause.
 */
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
            this.#end({ kind: 'reset', errno: error.code ?? error.message, heard: this.#parser.unread() });
        });
        const closed = () => this.#end({ kind: 'closed', heard: this.#parser.unread() });
        socket.on('end', closed);
        socket.on('close', closed);
    }
    /** Reads the next reply; every byte that arrives earns the server another timeout, up to the deadline. */
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
                throw this.#interrupted(this.#ended);
            await this.#activity(limits);
        }
    }
    /**
     * The one place that writes. `shown` is what the transcript may say of `line`; a line may hold no CR, LF or NUL
     * (RFC 5321 §4.1.1), and nothing may have arrived that no command asked for.
     */
    async command(line, { shown = line, ...limits } = {}) {
        if (/[\r\n\0]/.test(line))
            throw new Error(`control character in the command ${JSON.stringify(shown)}`);
        const early = this.#parser.unread();
        if (early !== '')
            throw this.#interrupted({ kind: 'out-of-turn', heard: early });
        if (this.#ended)
            throw this.#interrupted(this.#ended);
        this.#record('client', shown);
        this.#socket.write(`${line}\r\n`);
        return this.reply(limits);
    }
    /** Lets go of the connection; what was sent is flushed by the operating system. */
    close() {
        this.#socket.destroy();
    }
    /** Waits for bytes or for the end of the connection. */
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
            // Bytes that cannot become a reply say more than the silence that follows them.
            if (this.#parser.hopeless)
                throw this.#malformed({ malformed: 'not-a-reply', text: this.#parser.unread() });
            throw this.#interrupted(error.end);
        }
    }
    #end(cause) {
        this.#ended ??= cause;
        this.#wake();
    }
    #malformed(reply) {
        this.#record('server', reply.text);
        // A flood must not go on filling our memory while the finding is written.
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
const external_node_net_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:net");
var external_node_net_default = /*#__PURE__*/__nccwpck_require__.n(external_node_net_namespaceObject);
;// CONCATENATED MODULE: ./src/probe/dial.ts


/** RFC 8305 §5, "Connection Attempt Delay": how long an address is given before the next is tried beside it. */
const STAGGER_MS = 250;
const tcpDial = (address, port, signal) => new Promise((resolve, reject) => {
    const socket = external_node_net_default().connect({ host: address, port, autoSelectFamily: false });
    const abort = () => socket.destroy(new Error('given up'));
    signal.addEventListener('abort', abort, { once: true });
    socket.once('error', reject);
    socket.once('connect', () => {
        signal.removeEventListener('abort', abort);
        socket.off('error', reject);
        socket.setNoDelay(true);
        resolve(socket);
    });
});
/** RFC 8305 §4: the resolver's order, the families taking turns. */
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
/**
 * Connects to the first of `addresses` that answers, as RFC 8305 says: one begins, the next joins it after 250 ms or
 * as soon as one fails, and each has the whole timeout for itself. `dialled` receives every attempt.
 */
async function connect(addresses, port, { dial, clock, deadline, dialled }) {
    const queue = interleave(addresses);
    const losers = new AbortController();
    let winner;
    const attempt = async (address) => {
        const startMs = deadline.elapsed();
        const record = (outcome, errno = null) => dialled.push({ ...address, startMs, tookMs: deadline.elapsed() - startMs, outcome, errno });
        try {
            const open = (signal) => dial(address.address, port, AbortSignal.any([signal, losers.signal]));
            const socket = await deadline.wait(open);
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
    losers.abort();
    if (winner)
        return winner;
    const outOfTime = dialled.find((a) => a.outcome === 'deadline');
    if (outOfTime)
        throw new Interrupted({ kind: 'deadline', ms: deadline.deadlineMs, heard: '' });
    throw new Interrupted({ kind: 'no-connection' });
}

;// CONCATENATED MODULE: ./src/probe/look.ts



/** What OpenSSL says when the other side's answer is not TLS at all. */
const NOT_TLS = /wrong.version.number|packet.length.too.long|unknown.protocol|http.request/i;
/**
 * A second look at a port that said nothing: does it answer a TLS hello (RFC 8314 §3.3), and with an SMTP greeting
 * behind it? It verifies nothing and says nothing but QUIT.
 */
async function lookForTls({ address, port, atMost }, { dial, clock }) {
    const deadline = new Deadline(clock, { timeoutMs: atMost, deadlineMs: atMost });
    let socket;
    try {
        const plain = await deadline.wait((signal) => dial(address, port, signal));
        socket = plain;
        // node:tls costs more to load than a whole probe takes: only a silent port pays for it.
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
        // An alert, or a version that we do not speak, is an answer that only TLS gives.
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

;// CONCATENATED MODULE: ./src/observation.ts
/** The steps of a conversation, in the order in which they happen. */
const STEPS = ['resolve', 'connect', 'greeting', 'quit'];

;// CONCATENATED MODULE: ./src/probe/recorder.ts


/** The causes as a step's line says them. */
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
/** Keeps the account of an attempt: which steps ran, for how long, and what ended it. */
class Recorder {
    deadline;
    end = null;
    /** How long the last step took, in milliseconds. */
    lastMs = 0;
    #steps = new Map();
    constructor(deadline) {
        this.deadline = deadline;
    }
    /** Runs one step; the first cause that interrupts one is the attempt's end. */
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
    /** Runs a courtesy at the end of a conversation: when it fails, the step says so and the verdict does not change. */
    async runCourtesy(step, work) {
        const { end } = this;
        try {
            await this.run(step, work);
        }
        catch (error) {
            if (!(error instanceof Interrupted))
                throw error;
            // Garbage is worse than silence: a server that sends it cannot be relied upon.
            if (error.end.kind !== 'malformed' && error.end.kind !== 'out-of-turn')
                this.end = end;
        }
    }
    skip(step, because) {
        this.#steps.set(step, { step, status: 'skipped', startMs: this.deadline.elapsed(), tookMs: 0, because });
    }
    /** Every step, those that were never reached included. */
    steps() {
        const because = this.end ? `${this.end.step} failed` : 'not needed';
        return STEPS.map((step) => this.#steps.get(step) ?? { step, status: 'skipped', startMs: 0, tookMs: 0, because });
    }
}

;// CONCATENATED MODULE: ./src/probe/probe.ts







/** The operating system's resolver and sockets, in the given time. */
const systemIo = (clock) => ({ clock, resolver: systemResolver, dial: tcpDial });
/** QUIT is a courtesy: its answer is awaited this long, in milliseconds, and is no part of the latency. */
const QUIT_MS = 2_000;
/** The longest second look, and what it may take beyond a deadline that is used up. */
const LOOK_MS = 3_000;
const LOOK_GRACE_MS = 300;
/** The first bytes of a TLS record (RFC 8446 §5.1): a content type, then version 3.x. */
const TLS_RECORD = /^[\x14-\x17]\x03/;
/**
 * One attempt: resolve, connect, greeting, QUIT (RFC 5321 §3.1, §4.1.1.10). Whatever the network does is in the
 * observation; a throw is a defect of ours.
 */
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
/** Whether a name without an address of the wanted family exists at all; `null` when nobody answers. */
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
/** A port that waits for the client to speak first, or that answered with a TLS record, may speak TLS. */
function mayBeTls({ end, lastMs }) {
    if (end?.step !== 'greeting')
        return false;
    if (end.kind === 'malformed')
        return TLS_RECORD.test(end.reply.text);
    const silent = 'heard' in end && end.heard === '';
    // A server that closes after a while may have waited for a handshake; one that closes at once did not.
    return silent && (end.kind === 'silence' || end.kind === 'deadline' || (end.kind === 'closed' && lastMs >= 1_000));
}

;// CONCATENATED MODULE: ./src/shell.ts
/** A word for a POSIX shell, quoted where it needs to be. */
function shell_shellQuote(word) {
    return /^[\w.:@%+=/,-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}

;// CONCATENATED MODULE: ./src/diagnosis/catalogue/entry.ts
/** The places where a runner can be; `any` is for what holds in all of them. */
const PLACES = ['github-hosted', 'docker-compose', 'systemd', 'kubernetes'];
function remedy(environment, text, ...commands) {
    return { environment, text, commands };
}

;// CONCATENATED MODULE: ./src/diagnosis/catalogue/phrases.ts


/** A duration as people say it: `350 ms`, `2 s`, `2.5 s`. */
function sayMs(ms) {
    return ms < 1_000 ? `${Math.round(ms)} ms` : `${Number((ms / 1_000).toFixed(1))} s`;
}
/** The first line of a reply; how many follow. */
function firstLine(text) {
    const [first = '', ...more] = text.split('\n');
    return more.length === 0 ? first : `${first} (and ${more.length} more ${more.length === 1 ? 'line' : 'lines'})`;
}
/** Each address that was dialled, with its own error. */
function sayDialled(dialled) {
    return dialled.map((a) => `${a.address}: ${a.errno ?? sayOutcome(a.outcome)} after ${sayMs(a.tookMs)}`).join('; ');
}
function sayOutcome(outcome) {
    return outcome === 'timeout' || outcome === 'deadline' ? 'no answer' : outcome;
}
const checkPort = ({ host, port }) => `nc -zv -w 5 ${shell_shellQuote(host)} ${port}`;
const resolveName = ({ host }) => `getent ahosts ${shell_shellQuote(host)}`;
const lookUpName = ({ host }) => `nslookup ${shell_shellQuote(host)}`;
const tlsHello = ({ at }) => `openssl s_client -connect ${shell_shellQuote(at)} -crlf -quiet`;
const startTls = ({ at }) => `openssl s_client -starttls smtp -connect ${shellQuote(at)}`;
/** Reads the greeting and leaves in good order, without speaking first. */
const readGreeting = ({ host, port }) => `(sleep 10; printf 'QUIT\\r\\n') | nc -w 15 ${shell_shellQuote(host)} ${port}`;
const fromPod = (command) => `kubectl run smtp-check --rm -i --restart=Never --image=busybox -- sh -c ${shell_shellQuote(command)}`;
const fromContainer = (command) => `docker run --rm busybox sh -c ${shell_shellQuote(command)}`;
/** How to see, in each place, whether the server itself runs and what its log says. */
function lookAtServer({ host, port }) {
    const service = shell_shellQuote(/^[\w-]+$/.test(host) ? host : 'mail');
    return [
        remedy('github-hosted', 'If the server is a service container of this job, publish its port, give it a health check, and let the gate `wait`; otherwise ask its operator whether it runs.', 'docker ps --all', `docker logs --tail 50 "$(docker ps --quiet --filter publish=${port})"`),
        remedy('docker-compose', 'See whether the service runs, and what it said last.', `docker compose ps ${service}`, `docker compose logs --tail 50 ${service}`),
        remedy('systemd', "On the server's machine, see whether the service runs, listens on this port, and what it said last.", `sudo ss -ltnp 'sport = :${port}'`, 'systemctl status postfix exim4 --no-pager', 'journalctl -u postfix -u exim4 --since -1h --no-pager'),
        remedy('kubernetes', 'See whether the service has ready endpoints, and what its pods said last.', `kubectl get service,endpoints,pods --all-namespaces | grep -i -e mail -e smtp -e ${service}`, `kubectl get endpoints ${service}`),
    ];
}
/** How to see, in each place, whether something between here and there drops or rejects the packets. */
function lookAtNetwork(subject) {
    const check = checkPort(subject);
    return [
        remedy('github-hosted', 'Hosted runners change their addresses, usually cannot reach port 25, and have no IPv6: use the submission port 587 or 465, allow a larger runner with static addresses, or run the job on a self-hosted runner inside the network.', check),
        remedy('docker-compose', "Compare the container's network with the host's: when only the container fails, its network has no way out.", check, fromContainer(check), 'docker network ls'),
        remedy('systemd', 'Look for a firewall rule, here and on the server, that drops or rejects this port.', check, `sudo nft list ruleset | grep -n -e 'dport ${subject.port}' -e drop -e reject`, 'sudo iptables -S'),
        remedy('kubernetes', 'Look for a network policy or an egress gateway that does not let the pod out on this port.', fromPod(check), 'kubectl get networkpolicy --all-namespaces'),
    ];
}
/** How to see, in each place, what the resolver makes of the name. */
function lookAtResolver(subject) {
    const lookUp = lookUpName(subject);
    return [
        remedy('github-hosted', 'Ask the runner’s resolver; a private name needs a self-hosted runner inside that network.', lookUp),
        remedy('docker-compose', 'A service is known by its name only on a network that both share: run the job on that network, or use a published port of the host.', `docker compose exec -T runner ${lookUp}`, 'docker network ls'),
        remedy('systemd', 'Ask the system as every program does, then the DNS server itself.', resolveName(subject), 'resolvectl status', lookUp),
        remedy('kubernetes', 'Use the full name of the service (name.namespace.svc.cluster.local), and see whether the cluster’s DNS answers.', fromPod(lookUp), 'kubectl --namespace kube-system get pods --selector k8s-app=kube-dns'),
    ];
}

;// CONCATENATED MODULE: ./src/report/bars.ts

const WIDTH = 32;
const EIGHTHS = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉'];
/** Where an attempt's time went: a line a step, bars on one scale, each beginning where its step began. */
function timeBars({ steps }) {
    const total = Math.max(1, ...steps.map(({ startMs, tookMs }) => startMs + tookMs));
    const name = Math.max(0, ...steps.map(({ step }) => step.length));
    return steps.map(({ step, status, startMs, tookMs, because }) => {
        const label = step.padEnd(name);
        if (status === 'skipped')
            return `${label}  ${'–'.padStart(7)}  ${because ?? ''}`.trimEnd();
        const offset = ' '.repeat(Math.min(WIDTH - 1, Math.floor((startMs / total) * WIDTH)));
        const note = status === 'failed' ? `  ✗ ${because ?? ''}` : '';
        return `${label}  ${sayMs(tookMs).padStart(7)}  ${offset}${bar((tookMs / total) * WIDTH)}${note}`;
    });
}
function bar(length) {
    const whole = Math.floor(length);
    const rest = EIGHTHS[Math.floor((length - whole) * 8)] ?? '';
    return '█'.repeat(whole) + rest || '▏';
}

;// CONCATENATED MODULE: ./src/report/account.ts



const undressed = { status: (_, text) => text, strong: (text) => text, faint: (text) => text };
const GLYPHS = { pass: '✓', info: 'ℹ', warn: '⚠', fail: '✗', skip: '–' };
const PLACE_NAMES = {
    'github-hosted': 'GitHub-hosted runner',
    'docker-compose': 'Docker Compose',
    systemd: 'bare metal (systemd)',
    kubernetes: 'Kubernetes',
};
/** The story of a gate in lines of text, for the step's log and for a terminal; the verdict stands last. */
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
        // One finding's message is the verdict, which stands last.
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
/** What is shown while the gate waits. */
function sayProgress({ target, code, attempt, inMs }) {
    return `${hostPort(target)}: attempt ${attempt} ended with ${code}; trying again in ${sayMs(inMs)}`;
}

;// CONCATENATED MODULE: ./src/report/annotations.ts


/** One annotation for each finding that counts; what fails the step is an error, whatever its status. */
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

;// CONCATENATED MODULE: external "node:fs/promises"
const promises_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:fs/promises");
;// CONCATENATED MODULE: external "node:path"
const external_node_path_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:path");
;// CONCATENATED MODULE: ./src/report/safe.ts
/** Controls, formatting characters (bidirectional and zero-width ones among them), separators, lone surrogates. */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\p{Zl}\p{Zp}]/gu;
/** What the runner takes for a command at the beginning of a line; an address such as ::ffff:192.0.2.1 is none. */
const COMMAND = /^(\s*)::(?=[a-z])(?![\da-f:.]+$)/i;
/**
 * The first gate of all text that is not ours: one line, nothing invisible, nothing that a runner executes.
 * Line ends become ` / `, what cannot be seen becomes an escape, and both grammars of workflow commands are broken
 * (`##[…]` anywhere, `::…::` at the beginning). Longer text is cut to `max` characters.
 */
function plain(text, max = 1_000) {
    const line = text
        .replace(/\r?\n/g, ' / ')
        .replaceAll('\t', ' ')
        .replace(INVISIBLE, (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`)
        .replaceAll('##[', '##\\[')
        .replace(COMMAND, '$1\\::');
    const characters = line.length > max ? [...line] : [];
    return characters.length > max ? `${characters.slice(0, max - 1).join('')}…` : line;
}
/** Every string in a value made plain; what the value consists of otherwise stays. */
function plainDeep(value) {
    if (typeof value === 'string')
        return plain(value);
    if (Array.isArray(value))
        return value.map((item) => plainDeep(item));
    if (value === null || typeof value !== 'object')
        return value;
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, plainDeep(item)]));
}
/**
 * Plain text as GitHub Flavored Markdown that renders as itself: no markup, HTML, link, mention or formula.
 * Pairs of backticks stay code.
 */
function markdown(text) {
    return plain(text, 4_000)
        .split(/(`[^`]+`)/)
        .map((part, i) => (i % 2 === 1 ? markdownCode(part.slice(1, -1)) : escapeMarkdown(part)))
        .join('');
}
/** Text as inline code, in HTML rather than backticks: no text can end it, and it may stand in a table. */
function markdownCode(text) {
    return `<code>${escapeMarkdown(plain(text, 4_000))}</code>`;
}
/** Commands of ours as a fenced code block (GFM §4.5), which GitHub gives a copy button. */
function markdownBlock(lines, language = '') {
    const safe = lines.map((line) => plain(line, 4_000));
    const longestRun = Math.max(0, ...[...safe.join('\n').matchAll(/`+/g)].map(([run]) => run.length));
    const fence = '`'.repeat(Math.max(3, longestRun + 1));
    return [`${fence}${language}`, ...safe, fence].join('\n');
}
/** Lines of any text as preformatted HTML (GFM §4.6, the kind of block that ends with `</pre>` alone). */
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
        // A zero-width space is what keeps a mention or an e-mail address from becoming a link.
        .replaceAll('@', '@&#8203;'));
}

;// CONCATENATED MODULE: ./src/report/file.ts



/** Writes a report. Missing folders are made below `workspace`, and nowhere else. */
async function writeReport(option, path, text, workspace) {
    const target = (0,external_node_path_namespaceObject.resolve)(workspace, path);
    try {
        const folder = (0,external_node_path_namespaceObject.dirname)(target);
        if (!(0,external_node_path_namespaceObject.relative)(workspace, folder).startsWith('..'))
            await (0,promises_namespaceObject.mkdir)(folder, { recursive: true });
        await (0,promises_namespaceObject.writeFile)(target, text);
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
/** A name of its own for a report in the runner's temporary folder, so that two steps of a job never share one. */
function temporaryName() {
    return `smtp-gate-${Date.now().toString(36)}-${process.pid}.json`;
}

;// CONCATENATED MODULE: ./src/report/outputs.ts
/** Every output of the action, in the order of the documentation, with what it means. */
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
/**
 * What the outputs say before any work. A step that is killed leaves these behind, and they must not look like a
 * verdict on the server, nor like a pass.
 */
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

;// CONCATENATED MODULE: ./src/diagnosis/catalogue/conversation.ts


const connectionLost = {
    title: 'The connection was lost',
    message: ({ step, how }, { at }) => `${at} ${how === 'closed' ? 'closed' : 'reset'} the connection in the middle of the conversation (${step}): the server gave up, or something on the way cut it.`,
    evidence: ({ step, how, heard }) => `${how} during ${step}${heard === '' ? '' : `, after "${firstLine(heard)}"`}`,
    causes: () => [
        'The server’s process ended in mid-conversation: a crash, a restart, a limit.',
        'A firewall or load balancer cut the connection.',
        'The server closes on clients that it does not trust.',
    ],
    remedies: (_, subject) => [
        ...lookAtServer(subject),
        remedy('any', 'If the server is restarting, let the gate wait: `wait: 60s`.'),
    ],
    example: { step: 'greeting', how: 'closed', heard: '220-mail.example.com' },
};
const protocolViolation = {
    title: 'The server breaks the protocol',
    message: ({ step, what, text }, { at }) => `${at} does not speak SMTP as RFC 5321 has it: ${what} (${step})${text === '' ? '' : `, beginning with "${firstLine(text).slice(0, 80)}"`}.`,
    evidence: ({ step, what, text }) => `${step}: ${what}${text === '' ? '' : `: ${text}`}`,
    causes: () => [
        'Another service, or a defective proxy, answers in the server’s place.',
        'A middlebox changes or injects text.',
        'The server is defective.',
    ],
    remedies: (_, subject) => [
        remedy('any', 'See for yourself what the server sends.', readGreeting(subject)),
        ...lookAtServer(subject),
    ],
    example: { step: 'greeting', what: 'a line without end (over 4 KiB)', text: '220 AAAA' },
};
const deadlineExceeded = {
    title: 'The attempt ran out of time',
    message: ({ step, ms }, { at }) => `${at} was not done within the deadline of ${sayMs(ms)}; the time ran out at the step "${step}", so raise \`deadline\` or find out what is slow.`,
    evidence: ({ step, ms, heard }) => `${step} was still going on after ${sayMs(ms)}${heard === '' ? '' : `, with "${firstLine(heard)}" heard`}`,
    causes: ({ step }) => [
        ...(step === 'greeting' ? ['The server delays its greeting on purpose, or sends it bit by bit.'] : []),
        ...(step === 'connect' ? ['A firewall drops the packets, or there are many addresses to try.'] : []),
        'The server or the way there is overloaded.',
        '`deadline` is shorter than what the conversation takes.',
    ],
    remedies: ({ step }, subject) => [
        remedy('any', 'Give the attempt more time, above `timeout`: `deadline: 60s`.', readGreeting(subject)),
        ...(step === 'connect' ? lookAtNetwork(subject) : lookAtServer(subject)),
    ],
    example: { step: 'greeting', ms: 30_000, heard: '' },
};
const slow = {
    title: 'Slow to greet',
    message: ({ ms, limitMs, option }, { at }) => `${at} took ${sayMs(ms)} to greet, which is over \`${option}\` (${sayMs(limitMs)}).`,
    evidence: ({ ms, limitMs, option }) => `${Math.round(ms)} ms from connecting to the end of the greeting; ${option} is ${limitMs} ms`,
    causes: () => [
        'The server delays its greeting on purpose (postscreen, anti-spam gateways).',
        'The server waits for a reverse DNS or ident look-up of this runner’s address.',
        'The server or the way there is overloaded.',
    ],
    remedies: ({ option }, subject) => [
        remedy('any', `If the delay is wanted, raise \`${option}\` above it; otherwise see where the time goes.`, readGreeting(subject)),
        ...lookAtServer(subject),
    ],
    example: { ms: 2_400, limitMs: 1_000, option: 'latency-warn' },
};

;// CONCATENATED MODULE: ./src/diagnosis/catalogue/greeting.ts


const greetingTimeout = {
    title: 'Connected, and no greeting',
    message: ({ ms, heard }, { at }) => heard === ''
        ? `${at} accepted the connection and said nothing for ${sayMs(ms)}: the server hangs, delays its greeting for longer, or expects another protocol.`
        : `${at} began its greeting and did not finish it: nothing more came for ${sayMs(ms)}.`,
    evidence: ({ ms, heard, look }) => `${heard === '' ? 'nothing' : `"${firstLine(heard)}"`} heard, then ${sayMs(ms)} of silence${LOOKS[look]}`,
    causes: ({ heard, look }) => [
        ...(look === 'not-tls' ? ['The port speaks another protocol that waits for the client, such as HTTP.'] : []),
        heard === ''
            ? 'The server delays its greeting on purpose (postscreen and anti-spam gateways take 6–20 s).'
            : 'The server pauses between the lines of its greeting (postscreen waits 6 s or longer).',
        'The server accepts connections and its workers hang or are all busy.',
        'A proxy or load balancer accepts the connection and has no server behind it.',
        'The server waits for a reverse DNS or ident look-up of this runner’s address.',
    ],
    remedies: (_, subject) => [
        remedy('any', 'Give the greeting more time: `timeout: 30s` and `deadline: 60s`.', readGreeting(subject)),
        ...lookAtServer(subject),
        remedy('any', 'If the port speaks TLS from the first byte, this shows its greeting.', tlsHello(subject)),
    ],
    example: { ms: 10_000, heard: '', look: 'silent' },
};
const LOOKS = {
    silent: '; a TLS hello was not answered either',
    'not-tls': '; a TLS hello was answered with something that is not TLS',
    'not-asked': '',
};
const greetingClosed = {
    title: 'Closed without a word',
    message: ({ afterMs }, { at }) => `${at} accepted the connection and closed it after ${sayMs(afterMs)} without a word: the server does not want this runner, or cannot serve.`,
    evidence: ({ afterMs }) => `closed after ${sayMs(afterMs)}, nothing received`,
    causes: () => [
        'An access list (TCP wrappers, a firewall, fail2ban) closes connections from this runner’s address.',
        'A proxy or load balancer has no healthy server behind it.',
        'The server is starting, stopping, or at its limit of connections.',
    ],
    remedies: (_, subject) => [
        ...lookAtServer(subject),
        remedy('any', 'If the server is still starting, let the gate wait for it: `wait: 60s`.'),
    ],
    example: { afterMs: 3 },
};
const greetingBusy = {
    title: 'The server is busy',
    message: ({ reply }, { at }) => `${at} is busy and asks to come back later: "${firstLine(reply)}".`,
    evidence: ({ reply }) => reply,
    causes: ({ reply }) => [
        ...(/connection|rate|limit|too many/i.test(reply)
            ? ['Too many connections from this runner’s address, or too often.']
            : []),
        'The server is overloaded, or shutting down.',
        'The server is short of a resource (disk, memory, processes).',
    ],
    remedies: (_, subject) => [
        remedy('any', 'Let the gate wait and try again: `wait: 2m`; when many jobs probe at once, let fewer do so.'),
        ...lookAtServer(subject),
    ],
    example: { reply: '421 4.7.0 too many connections' },
};
const greetingRefused = {
    title: 'The server refuses this client',
    message: ({ reply }, { at }) => `${at} refuses to serve this runner: "${firstLine(reply)}".`,
    evidence: ({ reply }) => reply,
    causes: ({ reply }) => [
        ...(/spamhaus|block ?list|blacklist|rbl|dnsbl|barracuda|listed/i.test(reply)
            ? ['This runner’s address is on a block list; shared cloud addresses often are.']
            : []),
        ...(/synchroni[sz]ation/i.test(reply)
            ? ['The server saw something before its greeting: a proxy on the way speaks first.']
            : []),
        'The server admits known addresses only, and this runner’s is not among them.',
        'The server takes no mail here at all (a null host, or one being retired).',
    ],
    remedies: (_, subject) => [
        remedy('any', 'Ask the server’s operator to admit this runner’s address, or send through a relay that does.', 'curl -s https://api.ipify.org'),
        ...lookAtNetwork(subject),
    ],
    example: { reply: '554 5.7.1 no service for you' },
};
const PROTOCOL_NAMES = {
    http: 'an HTTP server',
    ssh: 'an SSH server',
    ftp: 'an FTP server',
    imap: 'an IMAP server',
    pop3: 'a POP3 server',
    nntp: 'a news (NNTP) server',
    telnet: 'a telnet server',
    tls: 'a server that sends TLS records',
    unknown: 'something that is not SMTP',
};
const notSmtp = {
    title: 'Another protocol answered',
    message: ({ protocol, text }, { at }) => `${at} is reachable, and ${PROTOCOL_NAMES[protocol]} answers there, with "${firstLine(text)}": check the port.`,
    evidence: ({ protocol, text }) => `${protocol}: ${text}`,
    causes: ({ protocol }) => [
        protocol === 'unknown'
            ? 'The port belongs to another service.'
            : `The port belongs to ${PROTOCOL_NAMES[protocol]}.`,
        'A published port, a tunnel or a port forwarding leads to the wrong service.',
        'A captive portal or a proxy answers in the server’s place.',
    ],
    remedies: (_, subject) => [
        remedy('any', 'Use the port of the mail server: 587 or 465 for submission, 25 for relaying.', readGreeting({ ...subject, port: 587 })),
        ...lookAtServer(subject),
    ],
    example: { protocol: 'ssh', text: 'SSH-2.0-OpenSSH_9.6' },
};
const greetingRewritten = {
    title: 'A middlebox rewrites SMTP',
    message: (_, { at }) => `Something between this runner and ${at} overwrites the greeting with asterisks: it will also disable STARTTLS and other extensions.`,
    evidence: ({ reply }) => reply,
    causes: () => [
        'A firewall inspects SMTP and rewrites it (Cisco’s "SMTP fixup" and "ESMTP inspection" do so).',
        'An anti-virus gateway answers in the server’s place.',
    ],
    remedies: (_, subject) => [
        remedy('any', 'Have SMTP inspection switched off on the firewall, or use port 465, which it cannot read.', readGreeting({ ...subject, port: 465 })),
        ...lookAtNetwork(subject),
    ],
    example: { reply: '220 ***********************0***2**' },
};
const bannerMismatch = {
    title: 'Not the expected greeting',
    message: ({ pattern, text, finished }, { at }) => finished
        ? `${at} greets with "${firstLine(text)}", which \`expect-banner\` (${pattern}) does not match: another server answers, or the expression is wrong.`
        : `\`expect-banner\` (${pattern}) did not come to an end on the greeting of ${at}: it backtracks without end, so write it without nested repetition.`,
    evidence: ({ pattern, text, finished }) => `${pattern} ${finished ? 'does not match' : 'did not finish on'}: ${text}`,
    causes: ({ pattern }) => [
        ...(/^\/.*\/[a-z]*$/.test(pattern) ? ['The slashes around the expression are taken as part of it.'] : []),
        'Another server answers at this name: an old one, a load balancer, a stand-in.',
        'The server’s greeting was changed, for example by an upgrade.',
        'The expression demands more than the greeting says; it is case-sensitive.',
    ],
    remedies: (_, subject) => [
        remedy('any', 'See the whole greeting, and change `expect-banner` to what must not change in it, without slashes around it.', readGreeting(subject)),
        ...lookAtServer(subject),
    ],
    example: { pattern: 'Postfix', text: '220 mail.example.com ESMTP Exim 4.97', finished: true },
};
const tlsExpected = {
    title: 'The port speaks TLS from the first byte',
    message: ({ greeting }, { at }) => `${at} says nothing in plaintext and answers a TLS hello${greeting === null ? '' : `, with "${firstLine(greeting)}" behind it`}: this port wants implicit TLS, so use it so, or probe the STARTTLS port 587.`,
    evidence: ({ protocol, greeting }) => `silent in plaintext; a second connection was answered in ${protocol ?? 'TLS'}${greeting === null ? '' : `: ${greeting}`}`,
    causes: (_, { port }) => [
        `Port ${port} is for implicit TLS (RFC 8314 §3.3${port === 465 ? '; 465 is its standard port' : ''}), and the connection began in plaintext.`,
        'A TLS-terminating proxy stands before the server.',
    ],
    remedies: (_, subject) => [
        remedy('any', 'Use the port with implicit TLS, or probe the port that greets in plaintext.', tlsHello(subject), readGreeting({ ...subject, port: 587 })),
        ...lookAtServer(subject),
    ],
    example: { protocol: 'TLSv1.3', greeting: '220 mail.example.com ESMTP' },
};

;// CONCATENATED MODULE: ./src/diagnosis/catalogue/network.ts


const network_example = (errno, outcome = 'failed') => ({
    dialled: [{ address: '192.0.2.25', family: 4, startMs: 1, tookMs: errno ? 1 : 10_000, outcome, errno }],
});
const dnsNotFound = {
    title: 'The name does not exist',
    message: (_, { host }) => `The name ${host} does not exist for this runner's resolver: correct \`host\`, or run where that name is known.`,
    evidence: ({ errno }) => `getaddrinfo: ${errno}`,
    causes: () => [
        'The name is misspelt, or its record was removed.',
        'The name is private: it is known only inside a network, a VPN or a cluster where this runner is not.',
        'The value names a container or service of another job or network.',
    ],
    remedies: (_, subject) => [
        remedy('any', 'Check the spelling of `host` against what resolves elsewhere.', `nslookup ${subject.host}`),
        ...lookAtResolver(subject),
    ],
    example: { errno: 'ENOTFOUND' },
};
const dnsNoAddress = {
    title: 'The name has no usable address',
    message: ({ family }, { host }) => family === 0
        ? `The name ${host} exists and has no address: use the name of the mail server itself (a domain's MX records say which).`
        : `The name ${host} has no IPv${family} address: set \`ip-family\` to auto, or publish ${family === 6 ? 'an AAAA' : 'an A'} record.`,
    evidence: ({ family }) => family === 0 ? 'the name has neither A nor AAAA records' : `the name has no IPv${family} address`,
    causes: ({ family }) => family === 0
        ? [
            '`host` is a mail domain, whose MX records name the servers, and no server itself.',
            'The address record was removed.',
        ]
        : [
            `\`ip-family: ${family}\` excludes the addresses that the name has.`,
            'The record of that family was never published.',
        ],
    remedies: ({ family }, subject) => [
        family === 0
            ? remedy('any', 'See which servers the domain names, and use one of them as `host`.', `nslookup -type=MX ${subject.host}`)
            : remedy('any', 'Leave `ip-family` at auto unless one family must be tested.', `nslookup -type=${family === 6 ? 'AAAA' : 'A'} ${subject.host}`),
        ...lookAtResolver(subject),
    ],
    example: { family: 6 },
};
const dnsUnavailable = {
    title: 'The resolver did not answer',
    message: ({ errno }, { host }) => `This runner's resolver did not say what ${host} is (${errno}): its DNS is at fault, not the mail server.`,
    evidence: ({ errno }) => `getaddrinfo: ${errno}`,
    causes: () => [
        "The runner's DNS server is down, unreachable or overloaded.",
        "A container's resolver does not forward names of the outside.",
        'A firewall drops DNS on port 53.',
    ],
    remedies: (_, subject) => [
        ...lookAtResolver(subject),
        remedy('any', 'If it passes by itself, give the gate time to retry: `wait: 30s`.'),
    ],
    example: { errno: 'EAI_AGAIN' },
};
const connectRefused = {
    title: 'The connection was refused',
    message: (_, { at }) => `${at} refused the connection: the machine is there and nothing listens on that port, so start the mail server or correct the port.`,
    evidence: ({ dialled }) => sayDialled(dialled),
    causes: () => [
        'The mail server is not running, or still starting.',
        'It listens on another port, or only on another interface (127.0.0.1 inside a container is not the host’s).',
        'A firewall answers with a rejection.',
    ],
    remedies: (_, subject) => [
        ...lookAtServer(subject),
        remedy('any', 'If the server is still starting, let the gate wait for it: `wait: 60s`.'),
        remedy('any', 'See whether one of the other SMTP ports is the one that is meant.', ...[587, 465, 25].map((port) => checkPort({ ...subject, port }))),
    ],
    example: network_example('ECONNREFUSED'),
};
const connectTimeout = {
    title: 'No answer to the connection',
    message: (_, { at, port }) => port === 25
        ? `${at} did not answer in time: many networks block outbound port 25, so try port 587, and look for a firewall that drops the packets.`
        : `${at} did not answer in time: a firewall on the way drops the packets, or the machine is down.`,
    evidence: ({ dialled }) => sayDialled(dialled),
    causes: (_, { port }) => [
        ...(port === 25 ? ["This runner's network blocks outbound port 25, as most cloud networks do."] : []),
        "A firewall, here or there, drops the packets; servers often admit known addresses only, and a runner's is not among them.",
        'The machine is down, or the address is an old one.',
        ...(port === 465 || port === 2525
            ? ['The provider does not offer this port: 587 is the usual one for submission (RFC 6409).']
            : []),
    ],
    remedies: (_, subject) => [
        ...lookAtNetwork(subject),
        ...(subject.port === 587 ? [] : [remedy('any', 'Try the submission port.', checkPort({ ...subject, port: 587 }))]),
    ],
    example: network_example(null, 'timeout'),
};
const connectUnreachable = {
    title: 'No route to the server',
    message: ({ dialled }, { at }) => dialled.length > 0 && dialled.every((a) => a.family === 6)
        ? `There is no way from this runner to ${at} over IPv6: set \`ip-family: 4\`, or run where IPv6 works.`
        : `There is no way from this runner to ${at}: its network has no route there, or a firewall rejects the packets.`,
    evidence: ({ dialled }) => sayDialled(dialled),
    causes: ({ dialled }) => [
        ...(dialled.some((a) => a.family === 6) ? ['This runner has no IPv6 (GitHub-hosted runners have none).'] : []),
        'The address is in a private network that this runner is not part of.',
        'A firewall or router rejects the packets as administratively prohibited.',
    ],
    remedies: ({ dialled }, subject) => [
        ...(dialled.some((a) => a.family === 6)
            ? [remedy('any', 'Use IPv4: `ip-family: 4`.', 'ip -6 route show default')]
            : []),
        ...lookAtNetwork(subject),
        remedy('any', 'See which way the packets would go.', `ip route get ${dialled[0]?.address ?? subject.host}`),
    ],
    example: network_example('ENETUNREACH'),
};
const connectReset = {
    title: 'The connection was reset before a greeting',
    message: ({ errno }, { at }) => `${at} reset the connection before it said a word (${errno}): the server or a firewall turned this runner away.`,
    evidence: ({ errno }) => `${errno} before a greeting`,
    causes: () => [
        'A firewall or load balancer resets connections that it does not admit.',
        'The server’s process crashes on every connection, or a proxy before it has no server behind it.',
        'This runner’s address is blocked (fail2ban, a block list).',
    ],
    remedies: (_, subject) => [
        ...lookAtServer(subject),
        remedy('any', 'If the server is restarting, let the gate wait: `wait: 60s`.'),
    ],
    example: { errno: 'ECONNRESET' },
};

;// CONCATENATED MODULE: ./src/project.ts
/** What the project is called where people refer to it; the owner of the repository is not settled. */
const PROJECT = {
    name: 'smtp-gate',
    version: '0.1.0',
    uses: 'OWNER/smtp-gate@v1',
    repository: 'OWNER/smtp-gate',
    ref: 'v1',
};

;// CONCATENATED MODULE: ./src/diagnosis/catalogue/setup.ts


const setup_notConfigured = {
    title: 'Nothing to probe',
    message: ({ missing }) => `Nothing was probed, because ${missing.join(' and ')} ${missing.length === 1 ? 'is' : 'are'} empty: set ${missing.length === 1 ? 'it' : 'them'} to check the mail server.`,
    evidence: ({ missing }) => `empty: ${missing.join(', ')}`,
    causes: () => [
        'The variable or secret that the input comes from is not set here, or not for this environment.',
        'The run was started from a fork, where secrets are empty.',
    ],
    remedies: () => [
        remedy('any', 'Set `host` and `port`; with `if-not-configured: fail` an empty one fails the step instead of skipping it.'),
        remedy('github-hosted', 'See which variables and secrets this repository has.', 'gh variable list', 'gh secret list'),
        remedy('docker-compose', 'See what the environment of the job holds.', 'docker compose config'),
        remedy('systemd', 'See what the environment of the runner’s service holds.', "systemctl show --property Environment 'actions.runner.*'"),
        remedy('kubernetes', 'See which configuration the runner’s pods are given.', 'kubectl get configmap,secret'),
    ],
    example: { missing: ['host'] },
};
const inputInvalid = {
    title: 'An input cannot be read',
    message: ({ problems }) => `Nothing was probed: ${sayProblems(problems)}.`,
    evidence: ({ problems }) => sayProblems(problems),
    causes: () => [
        'The value was pasted or stored with a stray character (a quote, a comma, a line end).',
        'The value belongs into another input.',
    ],
    remedies: ({ problems }) => [
        ...problems.map(({ input, problem }) => remedy('any', `\`${input}\`: ${problem}.`)),
        remedy('github-hosted', 'Store a secret or variable again without its line end.', "printf %s 'mail.example.com' | gh secret set SMTP_HOST", "printf %s 'mail.example.com' | gh variable set SMTP_HOST"),
        remedy('docker-compose', 'See the value with its quotes and line ends; an env_file keeps quotes as part of the value.', 'docker compose config'),
        remedy('systemd', 'See the value with its quotes and line ends.', 'printenv | grep -i smtp | cat -A'),
        remedy('kubernetes', 'Make the secret from a literal, which adds no line end.', 'kubectl create secret generic smtp --from-literal=host=mail.example.com'),
    ],
    example: { problems: [{ input: 'port', problem: '"smtp" is a service name; write the number 25' }] },
};
function sayProblems(problems) {
    return problems.map(({ input, problem }) => `${input} ${problem}`).join('; and ');
}
const probeCrashed = {
    title: 'smtp-gate itself failed',
    message: ({ error }) => `smtp-gate stopped on a defect of its own, which says nothing about the server: please report it (${error}).`,
    evidence: ({ error }) => error,
    causes: () => [
        'A defect in smtp-gate.',
        'A run time that smtp-gate was not made for: it needs Node.js 20.19 or newer.',
    ],
    remedies: () => {
        const report = 'Run it again with debug logging, and report what it prints (it masks secrets).';
        const url = `https://github.com/${PROJECT.repository}/issues/new`;
        return [
            remedy('any', `${report} ${url}`),
            remedy('github-hosted', 'Run the failed job again with debug logging.', 'gh run rerun --failed --debug'),
            remedy('docker-compose', 'See which Node.js the runner’s image has.', 'docker compose exec -T runner node --version'),
            remedy('systemd', 'See which Node.js the machine has.', 'node --version'),
            remedy('kubernetes', 'See what the runner’s pod said last.', 'kubectl logs --tail 100 --selector app=runner'),
        ];
    },
    example: { error: 'TypeError: x is not a function' },
};

;// CONCATENATED MODULE: ./src/diagnosis/catalogue/index.ts





/** What every code says to people. A code without an entry does not compile. */
const CATALOGUE = {
    'not-configured': setup_notConfigured,
    'input-invalid': inputInvalid,
    'dns-not-found': dnsNotFound,
    'dns-no-address': dnsNoAddress,
    'dns-unavailable': dnsUnavailable,
    'connect-refused': connectRefused,
    'connect-timeout': connectTimeout,
    'connect-unreachable': connectUnreachable,
    'connect-reset': connectReset,
    'greeting-timeout': greetingTimeout,
    'greeting-closed': greetingClosed,
    'greeting-busy': greetingBusy,
    'greeting-refused': greetingRefused,
    'not-smtp': notSmtp,
    'greeting-rewritten': greetingRewritten,
    'banner-mismatch': bannerMismatch,
    'tls-expected': tlsExpected,
    'connection-lost': connectionLost,
    'protocol-violation': protocolViolation,
    'deadline-exceeded': deadlineExceeded,
    slow: slow,
    'probe-crashed': probeCrashed,
};
function explain({ code, facts }, subject, place) {
    const entry = CATALOGUE[code];
    const rank = ({ environment }) => environment === place ? 0 : environment === 'any' ? 1 : 2 + PLACES.indexOf(environment);
    return {
        title: entry.title,
        message: entry.message(facts, subject),
        evidence: entry.evidence(facts),
        causes: entry.causes(facts, subject),
        remedies: entry.remedies(facts, subject).sort((a, b) => rank(a) - rank(b)),
    };
}

;// CONCATENATED MODULE: ./src/report/report.ts






/** The longest banner, in characters. */
const BANNER_LENGTH = 512;
function buildReport(result, around) {
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
function reportTarget(result, around) {
    const { target, seen, deciding } = result;
    const subject = { ...target, at: hostPort(target) };
    const findings = result.findings.map((f) => reportFinding(f, subject, result.ignored.includes(f.code), around));
    const decided = findings[deciding ? result.findings.indexOf(deciding) : -1];
    const banner = seen ? greetingText(seen) : '';
    return {
        target: { ...target, label: subject.at },
        status: result.status,
        reachable: seen ? seen.address !== null : null,
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
function reportFinding(finding, subject, ignored, { place, docs, verify }) {
    return {
        code: finding.code,
        status: finding.status,
        ignored,
        ...explain(finding, subject, place),
        verify: verify(subject.at),
        docs: docs(finding.code),
    };
}
function passMessage({ seen, ignored }, at) {
    const left = ignored.length > 0 ? `; left out of the verdict: ${ignored.join(', ')}` : '';
    if (!seen?.greeting || seen.latencyMs === null)
        return `${at} passes${left}`;
    return `${at} greeted after ${sayMs(seen.latencyMs)} with "${firstLine(greetingText(seen))}"${left}`;
}
/** How often was tried, when that was more than once. */
function sayAttempts({ attempts, tookMs, deciding }) {
    if (attempts === 1)
        return '';
    const retried = deciding && CODES[deciding.code].retryable ? ', and each failed' : '';
    return ` (${attempts} attempts in ${sayMs(tookMs)}${retried})`;
}
function tenth(ms) {
    return Math.round(ms * 10) / 10;
}

;// CONCATENATED MODULE: ./src/report/summary.ts



const ICONS = { pass: '✅', info: 'ℹ️', warn: '⚠️', fail: '❌', skip: '⏭️' };
const VERDICTS = {
    pass: 'the mail server can be used',
    info: 'something answers, and it is not SMTP',
    warn: 'the mail server can be used, with a warning',
    fail: 'the mail server cannot be used',
    skip: 'nothing was probed',
};
/** More of a transcript is in the JSON report. */
const TRANSCRIPT_LINES = 60;
/** The job summary: the verdict, where the time went, what was seen, what it means, what to do. */
function summary_summary(report, place) {
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

;// CONCATENATED MODULE: ./src/inputs/repeat.ts


/** Options that say where to or how to report, and the target itself: no part of the check. */
const NOT_REPEATED = new Set([
    'host',
    'port',
    'summary',
    'annotations',
    'report-json',
]);
/** The options that were given, as flags of the command line, quoted for a shell. */
function targetOptions(settings) {
    return [...(settings?.given ?? [])]
        .filter(([name]) => !NOT_REPEATED.has(name))
        .flatMap(([name, text]) => values(OPTIONS[name], text).map((value) => `--${name}=${shell_shellQuote(value)}`));
}
function values({ list }, text) {
    if (!list)
        return [text];
    return text
        .split(/\r\n|\r|\n/)
        .map((line) => line.trim())
        .filter((line) => line !== '');
}

;// CONCATENATED MODULE: external "node:fs"
const external_node_fs_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:fs");
;// CONCATENATED MODULE: ./src/runner.ts

const OS_NAMES = { linux: 'Linux', darwin: 'macOS', win32: 'Windows' };
/** Reads the runner from the variables that GitHub and Kubernetes set, and from what marks a container. */
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
/** The workflow run, or `null` outside of one. */
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
/** The place whose remedies come first. */
function placeOf({ environment, container, kubernetes }) {
    if (environment === 'github-hosted')
        return 'github-hosted';
    if (kubernetes)
        return 'kubernetes';
    return container ? 'docker-compose' : 'systemd';
}

;// CONCATENATED MODULE: ./src/surroundings.ts



/** Where the program runs, and how its findings refer to the documentation (of the version in use) and to a check. */
function readSurroundings(env, settings) {
    const runner = readRunner(env);
    const { GITHUB_ACTION_REPOSITORY, GITHUB_ACTION_REF, GITHUB_SERVER_URL } = env;
    // A local action (`uses: ./`) has no repository and ref of its own.
    const site = GITHUB_ACTION_REPOSITORY
        ? `${GITHUB_SERVER_URL ?? 'https://github.com'}/${GITHUB_ACTION_REPOSITORY}/blob/${GITHUB_ACTION_REF || PROJECT.ref}`
        : `https://github.com/${PROJECT.repository}/blob/${PROJECT.ref}`;
    return {
        runner,
        run: readRun(env),
        place: placeOf(runner),
        docs: (code) => `${site}/docs/codes.md#${code}`,
        verify: (at) => ['smtp-gate', at, ...targetOptions(settings)].join(' '),
    };
}

;// CONCATENATED MODULE: ./src/action.ts
















/** The action: read the inputs, run the gate, write every report, and end the step as the verdict says. */
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
/** Ends the step after a defect of ours, wherever it was: as a verdict of its own, never as one on the server. */
async function runCrashed(error) {
    await conclude(crash(error, systemClock), null);
}
async function conclude(result, settings) {
    const around = readSurroundings(process.env, settings);
    const report = buildReport(result, around);
    info(account(report, around.place).join('\n'));
    action_debug(report, result);
    const path = await writeJson(report, settings?.reportJson ?? null);
    setOutputs(outputValues(report, path));
    if (settings?.annotations ?? true)
        annotate(report, settings?.failOn ?? 'fail');
    if (settings?.summary ?? true)
        await writeSummary(summary_summary(report, around.place));
    leave(result.failsStep ? 1 : 0);
}
/** Writes the JSON report where it was asked for, or else to the temporary folder; empty when neither can be. */
async function writeJson(report, wanted) {
    const text = `${JSON.stringify(report, null, 2)}\n`;
    if (wanted !== null) {
        const written = await writeReport('report-json', wanted, text, process.cwd());
        if ('path' in written)
            return written.path;
        warning(written.warning);
    }
    const folder = process.env.RUNNER_TEMP || (0,external_node_os_namespaceObject.tmpdir)();
    const written = await writeReport('The JSON report', temporaryName(), text, folder);
    if ('path' in written)
        return written.path;
    warning(written.warning);
    return '';
}
async function writeSummary(markdown) {
    if (!process.env.GITHUB_STEP_SUMMARY)
        return;
    try {
        await summary.addRaw(markdown).write();
    }
    catch (error) {
        warning(`The job summary could not be written: ${error.message}. The verdict stands.`);
    }
}
function setOutputs(values) {
    for (const [name, value] of Object.entries(values))
        setOutput(name, value);
}
/** What is worth reading only when something is looked into: step debugging shows it. */
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

;// CONCATENATED MODULE: ./src/index.ts

process.once('uncaughtException', runCrashed);
run().catch(runCrashed);

