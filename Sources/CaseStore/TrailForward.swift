import CaseModel
import Postgres
import TrailGraph

/// What was recorded since a version of the trail, read and merged in. One use.
///
/// Evidence is only added, so the entries that were there read as before, except where something says
/// otherwise: a withdrawal, a second statement of the same day, a pair with a leg whose place in its day
/// then changes. In these cases the trail is read whole.
struct TrailForward {
  let session: Session
  let plan: TrailPlan
  let old: TrailShelf.Version
  let rows: TrailRows

  /// - Throws: `SnapshotRefusal.Reason` when the version cannot be brought forward.
  init(_ session: Session, _ plan: TrailPlan, _ old: TrailShelf.Version) throws {
    self.session = session
    self.plan = plan
    self.old = old
    try Self.check(plan, old.origin)
    let shares = try session.first(sql("any_shared_trail_day"), [.int64(old.origin.lastEntry)]) {
      try $0.get(0, as: Bool.self)
    }
    guard shares == false else {
      throw SnapshotRefusal.Reason.olderThanStore(
        why: "files imported since show days that were known")
    }
    rows = TrailRows(after: old.origin.lastEntry, through: plan.origin.lastEntry)
    try plan.read(session, into: rows, after: rows.base, through: rows.last)
  }

  private static func check(_ plan: TrailPlan, _ old: TrailOrigin) throws {
    let new = plan.origin
    guard new.store == old.store else { throw SnapshotRefusal.Reason.ofAnotherStore }
    guard new.lastEntry >= old.lastEntry, new.importCount >= old.importCount,
      new.lastPair >= old.lastPair, plan.earlierImports == old.imports
    else { throw SnapshotRefusal.Reason.newerThanStore }
    guard new.changes == old.changes, !plan.isReadByView else {
      throw SnapshotRefusal.Reason.olderThanStore(
        why: "imports or pairs were withdrawn, restored or read otherwise")
    }
    guard new.furtherPlaces == old.furtherPlaces else {
      throw SnapshotRefusal.Reason.olderThanStore(why: "files imported since repeat entries")
    }
  }

  /// - Throws: `SnapshotRefusal.Reason` when a pair made since cannot be merged in.
  func version() throws -> TrailShelf.Version {
    var legs = TrailLegs(count: rows.count)
    var joined: [Trail.Joined] = []
    var absorbed: [Int64] = []
    let pairs = try session.query(sql("list_new_trail_pairs"), [.int64(old.origin.lastPair)]) {
      (debit: try $0.get(0, as: Int64.self), credit: try $0.get(1, as: Int64.self))
    }
    let oldLegs = try oldEdges(of: pairs.flatMap { [$0.debit, $0.credit] })
    for pair in pairs {
      switch (rows.row(pair.debit), rows.row(pair.credit)) {
      case (let debit?, let credit?): legs.join(debit: debit, credit: credit)
      case (let debit?, nil):
        legs.join(
          debit: debit, creditElsewhere: pair.credit,
          rank: try receiver(of: pair.credit, oldLegs))
        absorbed.append(pair.credit)
      case (nil, let credit?):
        legs.join(creditOfDebitElsewhere: credit)
        joined.append(
          Trail.Joined(
            debitEntry: pair.debit, creditEntry: pair.credit, destination: rows.rank(credit)))
      case (nil, nil):
        joined.append(
          Trail.Joined(
            debitEntry: pair.debit, creditEntry: pair.credit,
            destination: try receiver(of: pair.credit, oldLegs)))
        absorbed.append(pair.credit)
      }
    }
    let laidOut = try TrailLoad(session, plan, rows).columns(legs)
    var additions = Trail.Additions(
      columns: laidOut.columns, names: plan.names, renumbered: try renumbered())
    additions.creditRows = laidOut.creditRows
    additions.creditEntries = laidOut.creditEntries
    additions.joined = joined
    additions.absorbed = absorbed
    do {
      return TrailShelf.Version(
        trail: try old.trail.bringingForward(with: additions), origin: plan.origin)
    } catch {
      throw SnapshotRefusal.Reason.olderThanStore(why: "what came since cannot be merged in")
    }
  }

  /// The old edges of the legs of new pairs, by entry.
  private func oldEdges(of entries: [Int64]) throws -> [Int64: Int] {
    let wanted = Set(entries.filter { $0 <= old.origin.lastEntry })
    guard !wanted.isEmpty else { return [:] }
    var found: [Int64: Int] = [:]
    for edge in 0..<old.trail.edgeCount where wanted.contains(old.trail.entry[edge]) {
      guard old.trail.hasTimeOfDay(edge) else {
        throw SnapshotRefusal.Reason.olderThanStore(
          why: "a pair made since joins an entry that states only a day")
      }
      found[old.trail.entry[edge]] = edge
    }
    guard found.count == wanted.count else {
      throw SnapshotRefusal.Reason.olderThanStore(why: "a pair made since changes an older pair")
    }
    return found
  }

  /// The rank of the account whose statement shows an old receiving leg.
  private func receiver(of entry: Int64, _ edges: [Int64: Int]) throws -> Int32 {
    guard let edge = edges[entry],
      let account = old.trail.names.accountID(of: old.trail.destination[edge]),
      let rank = plan.ranks[account.value]
    else { throw StoreError.unknownSource("a leg of a pair") }
    return rank
  }

  /// The rank that each account of the old version has now.
  private func renumbered() throws -> [Int32] {
    try old.trail.names.accountNumbers.map { account in
      guard let rank = plan.ranks[account] else { throw SnapshotRefusal.Reason.newerThanStore }
      return rank
    }
  }
}
