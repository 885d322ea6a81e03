import CaseModel
import Postgres

/// Which of the store's accounts belong to a matter.
///
/// Those the matter names (held, controlled, property, selectors), and accounts with statements that are
/// joined to them in `stepsMax` steps: one names the other in a booked entry, as the legs of a paired
/// transfer do. An account with more than `hubEntriesMax` entries that the matter does not name belongs
/// to the case and is not followed further: a payment processor joins everybody to everybody. Both limits
/// are our own defaults.
struct CaseScope {
  static let stepsMax = 2
  static let hubEntriesMax: Int64 = 5_000

  /// Accounts whose statements and entries are the case's, ascending; nil for all.
  let accounts: [Int64]?
  /// These and the accounts their entries name; nil for all.
  let listed: [Int64]?
  /// What was left out, a sentence each.
  let notes: [String]

  /// - Complexity: one scan of the entries a step; no more of the store is read.
  init(of matter: Matter, _ session: Session) throws {
    let keys = Self.keys(named: matter).map { storable($0.text) }
    let named = try session.query(sql("find_named_accounts"), [.texts(keys)]) {
      try $0.get(0, as: Int64.self)
    }
    guard !named.isEmpty else {
      accounts = nil
      listed = nil
      notes = [
        "The matter names no account of the store: every account of the store is in the case."
      ]
      return
    }
    var inside = Set(named)
    var edge = named
    var hubs = 0
    for step in 1...Self.stepsMax {
      if step > 1 {
        let found = try session.query(
          sql("list_hubs"), [.int64s(edge), .int64(Self.hubEntriesMax)]
        ) { try $0.get(0, as: Int64.self) }
        hubs += found.count
        edge.removeAll(where: Set(found).contains)
      }
      guard !edge.isEmpty else { break }
      edge = try session.query(sql("list_neighbours"), [.int64s(edge)]) {
        try $0.get(0, as: Int64.self)
      }.filter { !inside.contains($0) }
      inside.formUnion(edge)
    }
    let accounts = inside.sorted()
    let parties = try session.query(sql("list_counterparties"), [.int64s(accounts)]) {
      try $0.get(0, as: Int64.self)
    }
    self.accounts = accounts
    listed = inside.union(parties).sorted()
    let (left, entries) =
      try session.first(sql("count_outside"), [.int64s(accounts)]) {
        (try $0.get(0, as: Int64.self), try $0.get(1, as: Int64.self))
      } ?? (0, 0)
    notes = Self.notes(hubs: hubs, left: left, entries: entries)
  }

  private static func notes(hubs: Int, left: Int64, entries: Int64) -> [String] {
    guard left > 0 else { return [] }
    var notes = [
      "\(left) accounts of the store with \(entries) statement lines are not in this case: no booked "
        + "entry joins them in \(stepsMax) steps to an account that the matter names."
    ]
    if hubs > 0 {
      notes.append(
        "\(hubs) accounts with more than \(hubEntriesMax) entries, which the matter does not name, "
          + "are in this case but were not followed further.")
    }
    return notes
  }

  /// Every account key that the matter states, in key order.
  static func keys(named matter: Matter) -> [AccountKey] {
    var keys: Set<AccountKey> = []
    for person in matter.persons { keys.formUnion(person.holds + person.controls) }
    var selectors = matter.sourceClasses.map(\.selector)
    for item in matter.property {
      if let account = item.account { keys.insert(account) }
      selectors += item.funding
    }
    for selector in selectors { keys.formUnion(selector.accounts + selector.counterpartyAccounts) }
    return keys.sorted()
  }
}
