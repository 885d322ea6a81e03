import CaseModel

extension EntrySelector {
  /// In words, with account keys; a protected person's account stands under its token.
  var inWords: String {
    let kind: String
    switch direction {
    case .credit: kind = "credits"
    case .debit: kind = "debits"
    case nil: kind = "lines"
    }
    var parts = ["\(kind) of \(accounts.map(\.text).joined(separator: ", "))"]
    let others = counterpartyAccounts.map(\.text) + counterpartyPersons.map(\.text)
    if !others.isEmpty { parts.append("with \(others.joined(separator: " or "))") }
    if !textContains.isEmpty {
      parts.append("with the words \(textContains.map { "«\($0)»" }.joined(separator: " or "))")
    }
    if !channels.isEmpty {
      parts.append("by \(channels.map(\.rawValue).joined(separator: " or "))")
    }
    if let period { parts.append("from \(period.first) to \(period.last)") }
    if let least { parts.append("of at least \(least.text)") }
    if let most { parts.append("of at most \(most.text)") }
    return parts.joined(separator: ", ")
  }
}
