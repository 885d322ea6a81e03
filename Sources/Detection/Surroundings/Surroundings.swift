import CaseModel
import TrailGraph

/// What the case sheet states around a trail, made ready for asking: accounts by their dense number, parties,
/// ties, and the transfers that stated movements mean.
struct Surroundings {
  let trail: Trail
  let facts: Circumstances
  let context: CaseContext
  private let numbers: [AccountKey: Int32]
  private let keys: [Int32: AccountKey]
  private let partyOf: [Int32: PartyCode]
  private let accountsOf: [PartyCode: [Int32]]
  let bodies: [PartyCode: Body]
  private let tiesOf: [PartyCode: [Tie]]

  /// Nil when the case states nothing around its records.
  /// - Complexity: O(*a* log *a*) in the accounts, and in the items of the section.
  init?(_ scene: Scene) {
    guard let context = scene.context, let facts = context.circumstances else { return nil }
    self.trail = scene.trail
    self.context = context
    self.facts = facts
    let index = scene.trail.accountIndex()
    var numbers: [AccountKey: Int32] = [:]
    var keys: [Int32: AccountKey] = [:]
    var partyOf: [Int32: PartyCode] = [:]
    for (id, account) in context.accounts.sorted(by: { $0.key < $1.key }) {
      guard let number = index[id] else { continue }
      numbers[account.key] = number
      keys[number] = account.key
      if let holder = account.holder { partyOf[number] = PartyCode(holder.text) }
    }
    for body in facts.bodies {
      for account in body.accounts {
        if let number = numbers[account] { partyOf[number] = body.code }
      }
    }
    var accountsOf: [PartyCode: [Int32]] = [:]
    for (number, party) in partyOf { accountsOf[party, default: []].append(number) }
    self.numbers = numbers
    self.keys = keys
    self.partyOf = partyOf
    self.accountsOf = accountsOf.mapValues { $0.sorted() }
    bodies = Dictionary(facts.bodies.map { ($0.code, $0) }, uniquingKeysWith: { a, _ in a })
    var tiesOf: [PartyCode: [Tie]] = [:]
    for tie in facts.ties {
      tiesOf[tie.by, default: []].append(tie)
      if tie.of != tie.by { tiesOf[tie.of, default: []].append(tie) }
    }
    self.tiesOf = tiesOf
  }

  func account(_ key: AccountKey) -> Int32? { numbers[key] }
  /// Who holds an account: a body of the section, else the holder the matter names.
  func party(of account: Int32) -> PartyCode? { account >= 0 ? partyOf[account] : nil }
  func body(of account: Int32) -> Body? { party(of: account).flatMap { bodies[$0] } }
  /// Ascending.
  func accounts(of party: PartyCode) -> [Int32] { accountsOf[party] ?? [] }
  /// In the order of the sheet.
  func ties(of party: PartyCode) -> [Tie] { tiesOf[party] ?? [] }

  /// A tie between two parties on a day, in either direction; the first of the sheet.
  func tie(_ a: PartyCode, _ b: PartyCode, on day: CivilDate) -> Tie? {
    ties(of: a).first { tie in
      tie.holds(on: day) && ((tie.by == a && tie.of == b) || (tie.by == b && tie.of == a))
    }
  }

  /// Those who direct a party on a day, itself included, through any number of stated ties.
  func controllers(of party: PartyCode, on day: CivilDate) -> Set<PartyCode> {
    var found: Set<PartyCode> = [party]
    var open = [party]
    while let next = open.popLast() {
      for tie in ties(of: next)
      where tie.of == next && tie.kind.isControl && tie.holds(on: day)
        && found.insert(tie.by).inserted
      { open.append(tie.by) }
    }
    return found
  }

  func place(of body: Body) -> GeoPoint? {
    body.place.flatMap { code in facts.places.first { $0.code == code }?.point }
  }

  func point(_ code: PlaceCode) -> GeoPoint? { facts.places.first { $0.code == code }?.point }

  /// The transfers that stated movements mean: same account, side, day and amount. Equal ones are taken in
  /// the order of the trail, each transfer once.
  /// - Returns: one a movement, in their order; nil where the records hold none.
  /// - Complexity: O(*m* · *d*) in the movements and the transfers of an account's day.
  func transfers(of movements: [MovementRef]) -> [Int?] {
    var taken: Set<Int> = []
    return movements.map { movement in
      guard let account = numbers[movement.account] else { return nil }
      let first = Int64(movement.day.dayNumber) * 86_400
      let last = first + 86_399
      let edges: [Int] =
        switch movement.side {
        case .in: trail.incoming(of: account, from: first, through: last).map(Int.init)
        case .out: Array(trail.outgoing(of: account, from: first, through: last))
        }
      let found = edges.first { trail.money($0) == movement.amount && !taken.contains($0) }
      if let found { taken.insert(found) }
      return found
    }
  }

  func transfers(of account: Int32) -> (into: [Int], out: [Int]) {
    (trail.incoming(of: account).map(Int.init), Array(trail.outgoing(of: account)))
  }
}

extension Detector {
  /// The answer when the case sheet lacks what the pattern is about. Findings may depend on any line of the
  /// section, so these detectors keep the reach `everything`.
  func lacking(_ field: String) -> DetectionResult {
    DetectionResult(
      detector: id, notApplicable: "the case sheet states no `circumstances: \(field)`")
  }

  /// The result, of the anchors asked for.
  func result(
    _ proofs: [Proof], in scene: Scene, notApplicable: String? = nil, truncation: String? = nil
  ) -> DetectionResult {
    let asked = proofs.filter { proof in
      proof.roles.first.map { scene.asksFor($0.account) } ?? false
    }
    return result(
      asked, in: scene.trail, context: scene.context, notApplicable: notApplicable,
      truncation: truncation)
  }
}

extension Trail {
  /// Whether a transfer comes before another: by time, ties by number.
  func isEarlier(_ a: Int, _ b: Int) -> Bool { (time[a], a) < (time[b], b) }
}
