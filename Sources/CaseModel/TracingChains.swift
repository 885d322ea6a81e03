// Which items of a matter hang together in one chain of tainted money.

/// The routes by which tainted money came to each item: a source class, and an account it went through.
///
/// Two items are of one chain when a tainted class reached both through one account. Two methods on one
/// chain can lay claim to the same money, which is why they need a signed reason (N3).
public struct TracingChains: Sendable {
  private struct Route: Hashable {
    let sourceClass: SourceClassCode
    let account: AccountID
  }
  private var routes: [PropertyCode: Set<Route>] = [:]
  private let codes: [PropertyCode]

  /// - Complexity: O(lines behind the claims).
  public init(of run: TracingRun, in caseFile: CaseFile) {
    var accounts: [EntryID: AccountID] = [:]
    for entry in caseFile.entries { accounts[entry.id] = entry.account }
    codes = caseFile.matter.property.map(\.code).sorted()
    for item in caseFile.matter.property {
      let places = caseFile.places(of: item)
      var own: Set<Route> = []
      for claim in run.claims where claim.isTainted && places.contains(claim.place) {
        if case .account(let id) = claim.place {
          own.insert(Route(sourceClass: claim.sourceClass, account: id))
        }
        for source in claim.amount.sources + claim.steps.map(\.source) {
          guard let entry = source.entry, let account = accounts[entry] else { continue }
          own.insert(Route(sourceClass: claim.sourceClass, account: account))
        }
      }
      routes[item.code] = own
    }
  }

  /// The other items of the chain an item belongs to, by code.
  public func mates(of code: PropertyCode) -> [PropertyCode] {
    guard let own = routes[code], !own.isEmpty else { return [] }
    return codes.filter { $0 != code && !(routes[$0] ?? []).isDisjoint(with: own) }
  }
}

extension Matter {
  /// The method an item is traced by in a run whose method is given.
  public func method(of item: PropertyCode, besides main: String) -> String {
    tracing?.overrides.first { $0.property == item }?.method ?? main
  }
}
