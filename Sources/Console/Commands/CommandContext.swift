/// What a command is handed: the call, the surroundings, the way out.

import Core
import Store

/// One command while it runs.
final class CommandContext {
    let call: Invocation
    let output: Output
    /// A variable of the environment; nil when it is not set.
    let environment: (String) -> String?
    /// Commands that this build offers.
    let table: CommandTable

    init(
        call: Invocation, output: Output, environment: @escaping (String) -> String?,
        table: CommandTable
    ) {
        self.call = call
        self.output = output
        self.environment = environment
        self.table = table
    }

    /// An operand that the parser has made sure of.
    func operand(_ index: Int) -> String { call.operands[index] }
    /// An operand that may be absent.
    func optionalOperand(_ index: Int) -> String? {
        index < call.operands.count ? call.operands[index] : nil
    }
}
