public import CaseModel

/// Who owns and who controls whom: stated holdings between persons and bodies, with their periods.
///
/// A small graph apart from the trail. It takes plain values, such as the relations `Ownership` and
/// `Directorship` of stated entities whose parties a person has matched; it matches nobody itself.
/// Entities are numbered 0 to `entityCount` − 1 by the caller.
public struct ControlGraph: Sendable {
  /// How one party holds another.
  public enum Kind: Hashable, Sendable {
    /// A share of the capital: what counts for who profits.
    case ownership(ExactShare)
    /// A share of the votes.
    case voting(ExactShare)
    /// Decides without votes: an agreement, a right to appoint the board, a nominee, a mandate.
    case otherMeans
  }

  /// One stated relation between a holder and what it holds.
  public struct Holding: Hashable, Sendable {
    public let owner: Int32
    public let owned: Int32
    public let kind: Kind
    /// First and last day on which it held; nil where the record states none.
    public let validFrom: CivilDate?
    public let validUntil: CivilDate?

    public init(
      owner: Int32, owned: Int32, _ kind: Kind, validFrom: CivilDate? = nil,
      validUntil: CivilDate? = nil
    ) {
      self.owner = owner
      self.owned = owned
      self.kind = kind
      self.validFrom = validFrom
      self.validUntil = validUntil
    }

    public func holds(on day: CivilDate) -> Bool {
      (validFrom.map { $0 <= day } ?? true) && (validUntil.map { day <= $0 } ?? true)
    }
  }

  public let entityCount: Int
  /// As given. Their places in this list are what results name.
  public let holdings: [Holding]
  /// Places in `holdings` by owner, and by what is owned, in the order given.
  private let byOwner: [[Int]]
  private let byOwned: [[Int]]

  /// - Precondition: every holding names entities below `entityCount`.
  public init(entityCount: Int, holdings: [Holding]) {
    var byOwner = [[Int]](repeating: [], count: entityCount)
    var byOwned = byOwner
    for (place, holding) in holdings.enumerated() {
      precondition((0..<entityCount).contains(Int(holding.owner)), "no such owner")
      precondition((0..<entityCount).contains(Int(holding.owned)), "no such body")
      byOwner[Int(holding.owner)].append(place)
      byOwned[Int(holding.owned)].append(place)
    }
    self.entityCount = entityCount
    self.holdings = holdings
    self.byOwner = byOwner
    self.byOwned = byOwned
  }

  /// Places in `holdings` that an entity has on a day.
  public func holdings(of owner: Int32, on day: CivilDate) -> [Int] {
    byOwner[Int(owner)].filter { holdings[$0].holds(on: day) }
  }

  /// Places in `holdings` through which an entity is held on a day.
  public func holders(of owned: Int32, on day: CivilDate) -> [Int] {
    byOwned[Int(owned)].filter { holdings[$0].holds(on: day) }
  }
}
