import CaseModel

/// What the terminal calls the places of a trace: accounts by their display names.
struct PlaceTitles {
  private let accounts: [AccountID: Account]
  private let items: [PropertyCode: String]

  init(_ caseFile: CaseFile) {
    accounts = Dictionary(caseFile.accounts.map { ($0.id, $0) }) { first, _ in first }
    items = Dictionary(caseFile.matter.property.map { ($0.code, $0.description) }) { first, _ in
      first
    }
  }

  func title(of place: Place) -> String {
    switch place {
    case .asset(let code): "\(code) \(items[code] ?? "")"
    case .account(let id): "account \(accounts[id]?.displayName ?? "—")"
    case .untraced(let id): "untraced behind a gap in \(accounts[id]?.displayName ?? "—")"
    case .abroad(let key): "sent on to \(key)"
    case .cash(let pool): pool
    case .debtDischarge: "repaid debt"
    case .dissipated: "spent"
    }
  }
}
