// Questions about the whole trail: what they have in common, and how they are shared out over threads.

/// A question about the whole trail whose answer is put together from answers over ranges of accounts.
///
/// Each account belongs to one range; a pattern is counted where its first account (or its middle, as
/// the question says) lies. The ranges are the same for every number of threads, so the answer is too,
/// bounds included.
public protocol TrailQuestion: Sendable {
  associatedtype Answer: Sendable
  /// What one thread needs while it answers; made once a thread.
  associatedtype Room
  /// The question together with what is worked out once for all ranges, such as an index.
  func prepared(for trail: Trail) -> Self
  func room(for trail: Trail) -> Room
  /// The answer for the patterns that belong to these accounts.
  func answer(over accounts: Range<Int32>, of trail: Trail, in room: inout Room) -> Answer
  /// The answer of the whole, from the answers of the ranges in order of account.
  func merged(_ parts: [Answer]) -> Answer
}

extension TrailQuestion {
  public func prepared(for trail: Trail) -> Self { self }
}

extension TrailQuestion where Answer == Int {
  public func merged(_ parts: [Int]) -> Int { parts.reduce(0, +) }
}

extension Trail {
  /// Into how many ranges the accounts are cut. Enough that a busy account keeps no thread waiting for
  /// long; a search's bound is shared out over them.
  static let rangeCount = 32

  /// Answers a question on the calling thread.
  public func answer<Question: TrailQuestion>(_ question: Question) -> Question.Answer {
    let question = question.prepared(for: self)
    var room = question.room(for: self)
    return question.merged(
      accountRanges(Self.rangeCount).map { question.answer(over: $0, of: self, in: &room) })
  }

  /// Answers a question with so many tasks at a time. The answer is the same for every number.
  public func answer<Question: TrailQuestion>(
    _ question: Question, threads: Int
  ) async -> Question.Answer {
    precondition(threads > 0, "work needs at least one thread")
    guard threads > 1 else { return answer(question) }
    let question = question.prepared(for: self)
    let ranges = accountRanges(Self.rangeCount)
    let parts = await withTaskGroup(of: [(Int, Question.Answer)].self) { group in
      for thread in 0..<min(threads, ranges.count) {
        group.addTask {
          var room = question.room(for: self)
          return stride(from: thread, to: ranges.count, by: threads).map {
            ($0, question.answer(over: ranges[$0], of: self, in: &room))
          }
        }
      }
      var parts: [Question.Answer?] = Array(repeating: nil, count: ranges.count)
      for await done in group {
        for (place, part) in done { parts[place] = part }
      }
      return parts.compactMap { $0 }
    }
    assert(parts.count == ranges.count)
    return question.merged(parts)
  }

  /// All accounts, cut into at most so many ranges with about as many edges each.
  func accountRanges(_ most: Int) -> [Range<Int32>] {
    let share = max(1, (2 * edgeCount + accountCount) / max(1, most))
    var ranges: [Range<Int32>] = []
    var start: Int32 = 0
    var held = 0
    for account in 0..<Int32(accountCount) {
      held += outgoing(of: account).count + incoming(of: account).count + 1
      if held >= share, ranges.count + 1 < most {
        ranges.append(start..<account + 1)
        start = account + 1
        held = 0
      }
    }
    if start < Int32(accountCount) { ranges.append(start..<Int32(accountCount)) }
    return ranges
  }
}
