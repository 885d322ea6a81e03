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
    case .asset(let code): items[code].map { "\(code) \($0)" } ?? code.text
    case .account(let id): Self.account(accounts[id]?.displayName ?? "—")
    case .untraced(let id): "untraced behind a gap in \(accounts[id]?.displayName ?? "—")"
    case .abroad(let key): "sent on to \(key)"
    case .cash(let pool): pool
    case .debtDischarge: "repaid debt"
    case .dissipated: "spent"
    }
  }

  /// `account GB…`; a protected person's account already is called `account of V-04 (2)`.
  private static func account(_ name: String) -> String {
    name.hasPrefix("account ") ? name : "account \(name)"
  }

  /// The name of a place in a kept run, as the terminal says it elsewhere.
  static func title(ofKept place: String) -> String {
    if place.hasPrefix("outside ") { return "sent on to " + place.dropFirst(8) }
    for doubled in ["account account of ", "cash cash of "] where place.hasPrefix(doubled) {
      return String(place.drop { $0 != " " }.dropFirst())
    }
    return place
  }
}
