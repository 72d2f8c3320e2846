#!/usr/bin/env node
require('./smtp-gate.js').deliver();
