#!/usr/bin/env node
import { launch } from './bootstrap.js';

await launch('apps/cli/main.ts', process.argv.slice(2));
