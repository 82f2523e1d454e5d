/// Where the process starts: hygiene, then one command or the console.

import Core
import Glibc

ProcessHygiene.prepare(closingInherited: false)
let words = ProcessWords.ofThisProcess
if words.askForJSON { CrashRestorer.oweDocument() }
let dispatcher = CommandDispatcher(actions: ProgramActions.all)
let status = dispatcher.run(
    words, streams: StandardStreams(isJSON: words.askForJSON), console: ProgramActions.console)
exit(status.rawValue)
