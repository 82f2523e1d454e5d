/// Where the process starts: hygiene, then one command or the console.

import Core
import Glibc

ProcessHygiene.prepare(closingInherited: false)
if ArgumentParser.asksForJSON(Array(CommandLine.arguments.dropFirst())) { CrashGuard.oweDocument() }
let dispatcher = CommandDispatcher(actions: ProgramActions.all)
let status = dispatcher.run(
    Array(CommandLine.arguments.dropFirst()), streams: StandardStreams(),
    environment: HomePath.environment, console: ProgramActions.console)
exit(status.rawValue)
