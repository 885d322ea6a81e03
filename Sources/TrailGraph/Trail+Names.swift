public import CaseModel

extension Trail {
  /// What the numbers in a trail's columns stand for.
  public struct Names: Sendable {
    /// How many accounts and named parties there are.
    public let accountCount: Int
    /// The store's number of each account; −1 for a party known by name only. Empty when the dense
    /// number itself is the number.
    public let accountNumbers: Column<Int64>
    /// How each account is called: the file's own text, or an account's printed name. May be empty.
    public let labels: [String]
    public let currencies: [Currency]
    /// Words of the channels as the records state them, at most 64.
    public let channels: [String]
    /// What each word means to the program.
    public let meanings: [Channel]

    public init(
      accountCount: Int, accountNumbers: [Int64] = [], labels: [String] = [],
      currencies: [Currency], channels: [String] = Channel.allCases.map(\.rawValue)
    ) {
      precondition(accountNumbers.isEmpty || accountNumbers.count == accountCount)
      precondition(labels.isEmpty || labels.count == accountCount)
      precondition(channels.count <= TransferColumns.channelLimit)
      self.init(
        accountCount: accountCount, accountNumbers: Column(accountNumbers), labels: labels,
        currencies: currencies, channels: channels)
    }

    init(
      accountCount: Int, accountNumbers: Column<Int64>, labels: [String], currencies: [Currency],
      channels: [String]
    ) {
      self.accountCount = accountCount
      self.accountNumbers = accountNumbers
      self.labels = labels
      self.currencies = currencies
      self.channels = channels
      meanings = channels.map(Self.meaning)
    }

    /// The store's number of an account; nil for a party known by name only.
    public func accountID(of account: Int32) -> AccountID? {
      guard account >= 0 else { return nil }
      if accountNumbers.isEmpty { return AccountID(Int64(account)) }
      let number = accountNumbers[Int(account)]
      return number < 0 ? nil : AccountID(number)
    }

    /// The closed list's own words, and the short words of transfers files.
    static func meaning(of word: String) -> Channel {
      if let channel = Channel(rawValue: word) { return channel }
      switch word {
      case "cash": return .cashDeposit
      case "wire": return .transferInternational
      case "ach", "instant", "sepa": return .transferDomestic
      case "card": return .cardPresent
      case "check": return .cheque
      default: return .unknown
      }
    }
  }

  /// The dense number of one of the store's accounts; nil when no edge and no account list names it.
  /// - Complexity: O(*a*) in the accounts; look many up through `accountIndex()`.
  public func account(_ id: AccountID) -> Int32? { accountIndex()[id] }

  /// Dense numbers by the store's account numbers.
  public func accountIndex() -> [AccountID: Int32] {
    var index: [AccountID: Int32] = [:]
    for account in 0..<Int32(accountCount) {
      if let id = names.accountID(of: account) { index[id] = account }
    }
    return index
  }

  /// Stops the program when the columns do not hold together. Called once, when built.
  public func checkInvariants() {
    precondition(
      destination.count == edgeCount && time.count == edgeCount && amountMinor.count == edgeCount
        && currency.count == edgeCount && channelBits.count == edgeCount && entry.count == edgeCount
        && incomingEdges.count == edgeCount, "columns of different length")
    precondition(
      Int(outgoingStart[accountCount + 1]) == edgeCount
        && Int(incomingStart[accountCount + 1]) == edgeCount, "an edge outside every slice")
    assert(
      (0..<Int32(accountCount)).allSatisfy { account in
        let slice = outgoing(of: account)
        return slice.dropFirst().allSatisfy { time[$0 - 1] <= time[$0] }
          && slice.allSatisfy { source[$0] == account }
          && incoming(of: account).allSatisfy { destination[Int($0)] == account }
      }, "a slice is out of order")
  }
}
