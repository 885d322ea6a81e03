public import CaseModel

// What an entity owns through others: the share along a chain, and the sum over the chains.

extension ControlGraph {
  /// Ownership from an entity down to another, through holdings of capital.
  public struct Chain: Hashable, Sendable {
    /// Places in `holdings`, from the owner down.
    public let holdings: [Int]
    /// The product of the shares along the chain.
    public let share: ExactShare
  }

  /// What an entity owns of another, over all chains.
  public struct Interest: Hashable, Sendable {
    public let owned: Int32
    /// The sum of the chains' shares. Above the whole only when the records claim more than the whole.
    public let share: ExactShare
    /// Chains in the sum.
    public let chains: Int
  }

  /// Bounds of a search for chains.
  public struct ChainSearch: Sendable {
    /// Holdings in a chain, at most. Our own default.
    public var linksMax = 12
    /// Holdings looked at before the search stops and says so. Our own default.
    public var visitLimit = 200_000
    public init(linksMax: Int = 12, visitLimit: Int = 200_000) {
      precondition(linksMax > 0 && visitLimit > 0)
      self.linksMax = linksMax
      self.visitLimit = visitLimit
    }
  }

  /// Every chain of ownership that begins at an entity and passes no entity twice.
  ///
  /// Loops: a chain ends where it would come back to an entity it has already passed, so what companies
  /// own of each other in a ring is counted once along the ring and never round it. `hasLoop` says that
  /// the records contain such a ring below the owner; the sums are then what can be followed without
  /// going round, which is less than the limit of going round for ever.
  ///
  /// - Returns: chains depth first in the order of `holdings`. The end says when the search stopped at a
  ///   bound: a chain that goes on beyond `linksMax`, the visits, or a product beyond 128 bits.
  /// - Complexity: O(chains), at most `visitLimit` holdings looked at.
  public func chains(
    of owner: Int32, on day: CivilDate, _ search: ChainSearch = ChainSearch()
  ) -> (chains: [Chain], hasLoop: Bool, end: Trail.End) {
    var walk = ChainWalk(graph: self, day: day, search: search)
    walk.follow(owner, .whole)
    return (walk.chains, walk.hasLoop, Trail.End(truncation: walk.truncation))
  }

  /// What an entity owns of every other, directly and through others, by entity number.
  ///
  /// See `chains` for loops and bounds; a search that stopped gives lower bounds.
  public func interests(
    of owner: Int32, on day: CivilDate, _ search: ChainSearch = ChainSearch()
  ) -> (interests: [Interest], hasLoop: Bool, end: Trail.End) {
    let found = chains(of: owner, on: day, search)
    var sums: [Int32: (share: ExactShare, chains: Int)] = [:]
    var truncation = found.end.truncation
    for chain in found.chains {
      guard let last = chain.holdings.last else { continue }
      let owned = holdings[last].owned
      let known = sums[owned] ?? (.none, 0)
      guard let sum = known.share.plus(chain.share) else {
        truncation = truncation ?? ChainWalk.tooFine
        continue
      }
      sums[owned] = (sum, known.chains + 1)
    }
    let interests = sums.keys.sorted().compactMap { owned in
      sums[owned].map { Interest(owned: owned, share: $0.share, chains: $0.chains) }
    }
    return (interests, found.hasLoop, Trail.End(truncation: truncation))
  }
}

/// One search for chains. One use.
private struct ChainWalk {
  let graph: ControlGraph
  let day: CivilDate
  let search: ControlGraph.ChainSearch
  var chains: [ControlGraph.Chain] = []
  var hasLoop = false
  var truncation: String?
  private var links: [Int] = []
  private var passed: Set<Int32> = []
  private var visits = 0

  static let tooFine = "a share too fine for 128 bits was left out"

  init(graph: ControlGraph, day: CivilDate, search: ControlGraph.ChainSearch) {
    self.graph = graph
    self.day = day
    self.search = search
  }

  mutating func follow(_ owner: Int32, _ share: ExactShare) {
    passed.insert(owner)
    defer { passed.remove(owner) }
    for place in graph.holdings(of: owner, on: day) {
      let holding = graph.holdings[place]
      guard case .ownership(let part) = holding.kind else { continue }
      if passed.contains(holding.owned) {
        hasLoop = true
        continue
      }
      if links.count == search.linksMax {
        truncation =
          truncation ?? "chains longer than \(search.linksMax) holdings were not followed"
        return
      }
      if visits == search.visitLimit {
        truncation = "chain search stopped at \(search.visitLimit) holdings looked at"
        return
      }
      visits += 1
      guard let product = share.times(part) else {
        truncation = truncation ?? Self.tooFine
        continue
      }
      links.append(place)
      chains.append(ControlGraph.Chain(holdings: links, share: product))
      follow(holding.owned, product)
      links.removeLast()
    }
  }
}
