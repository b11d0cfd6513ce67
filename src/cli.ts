#!/usr/bin/env node
import { commandLine } from './tools/command-line.ts'

process.exitCode = await commandLine(process.argv.slice(2))
