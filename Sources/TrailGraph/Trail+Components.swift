extension Trail {
  /// Accounts that hang together when the direction and order of transfers are left aside.
  public struct Components: Hashable, Sendable {
    /// For each account the smallest account number of its component.
    public let component: [Int32]
    /// How many components there are; an account without transfers is one of its own.
    public let count: Int

    /// The accounts of each component, both in rising order.
    /// - Complexity: O(*a*) in the accounts.
    public var members: [[Int32]] {
      var place = [Int](repeating: -1, count: component.count)
      var members: [[Int32]] = []
      for account in component.indices {
        let first = Int(component[account])
        if place[first] < 0 {
          place[first] = members.count
          members.append([])
        }
        members[place[first]].append(Int32(truncatingIfNeeded: account))
      }
      return members
    }
  }

  /// The weakly connected components of the transfers of a span of time, both ends included.
  ///
  /// Cash and unnamed parties (`outside`) join nothing. Union-find with the smaller number as root and
  /// path halving (Tarjan and van Leeuwen, JACM 31(2), 1984).
  ///
  /// - Complexity: O(*m* log *a*) in the edges and accounts; 4 bytes an account.
  public func components(from first: Int64 = .min, through last: Int64 = .max) -> Components {
    var parent = Array(0..<Int32(accountCount))
    func root(_ account: Int32) -> Int32 {
      var here = account
      while parent[Int(here)] != here {
        let above = parent[Int(parent[Int(here)])]
        parent[Int(here)] = above
        here = above
      }
      return here
    }
    var count = accountCount
    for account in 0..<Int32(accountCount) {
      for edge in outgoing(of: account, from: first, through: last) where destination[edge] >= 0 {
        let (a, b) = (root(account), root(destination[edge]))
        guard a != b else { continue }
        parent[Int(max(a, b))] = min(a, b)
        count -= 1
      }
    }
    for account in 0..<Int32(accountCount) { parent[Int(account)] = root(account) }
    return Components(component: parent, count: count)
  }
}
