// The words of a document: sentences from data, filled with nodes. No value can become markup,
// because a sentence is taken apart before anything is put into it.

import CaseModel
import Yams

/// The wording of one language: titles, labels, and sentences with places for values.
///
/// A sentence is either a *frame*, which says nothing about the case, or a *fact*, which must carry
/// at least one figure, citation or source (experience.md N25). `{name}` is a place for a value,
/// `{#anchor}` points to a section, `**words**` are strong.
struct Wording: Sendable {
  let language: String
  let titles: [String: String]
  let labels: [String: String]
  let frames: [String: String]
  let facts: [String: String]

  /// The wording of a language, from the files under `Templates/<language>/`.
  ///
  /// Keys are unique over the files of one language.
  init(language: String) throws {
    self.language = language
    var parts: [String: [String: String]] = [:]
    let files = DossierFiles.all.filter {
      $0.name.hasPrefix("\(language)/") && !$0.name.hasSuffix("barred-words.yaml")
    }
    guard !files.isEmpty else {
      throw DossierError.wording(file: language, reason: "there is no wording in this language")
    }
    for file in files {
      let read: [String: [String: String]]
      do {
        read = try YAMLDecoder().decode([String: [String: String]].self, from: file.text)
      } catch {
        throw DossierError.wording(file: file.name, reason: "\(error)")
      }
      for (part, entries) in read {
        for (key, text) in entries {
          guard parts[part]?[key] == nil else {
            throw DossierError.wording(file: file.name, reason: "\(part).\(key) is there twice")
          }
          parts[part, default: [:]][key] = text
        }
      }
    }
    titles = parts["titles"] ?? [:]
    labels = parts["labels"] ?? [:]
    frames = parts["frames"] ?? [:]
    facts = parts["facts"] ?? [:]
  }

  func title(_ key: String) throws -> String { try text(titles, key, "title") }
  func label(_ key: String) throws -> String { try text(labels, key, "label") }

  /// The label of a code, or the code itself with its hyphens opened when the list has none.
  func word(_ list: String, _ code: String) -> String {
    labels["\(list).\(code)"]
      ?? String(code.map { $0 == "-" || $0 == "_" ? " " : $0 })
  }

  /// A sentence that says nothing about the case.
  func frame(_ key: String, _ values: [String: [Inline]] = [:]) throws -> [Inline] {
    try fill(text(frames, key, "frame"), values, key)
  }

  /// A sentence that states a fact: refused unless it carries a figure, a citation or a source.
  func fact(_ key: String, _ values: [String: [Inline]]) throws -> [Inline] {
    let filled = try fill(text(facts, key, "fact"), values, key)
    guard filled.contains(where: \.isSupport) else { throw DossierError.uncited(sentence: key) }
    return filled
  }

  private func text(_ list: [String: String], _ key: String, _ kind: String) throws -> String {
    guard let text = list[key] else {
      throw DossierError.sentence(name: key, reason: "the wording has no such \(kind)")
    }
    return text
  }

  private func fill(_ text: String, _ values: [String: [Inline]], _ key: String) throws -> [Inline]
  {
    var used: Set<String> = []
    var result: [Inline] = []
    for part in try Sentence(text, name: key).parts {
      switch part {
      case .words(let words): result.append(.text(words))
      case .strong(let words): result.append(.strong(words))
      case .reference(let anchor): result.append(.reference(anchor))
      case .place(let name):
        guard let value = values[name] else {
          throw DossierError.sentence(name: key, reason: "no value for {\(name)}")
        }
        used.insert(name)
        result += value
      }
    }
    let unused = values.keys.filter { !used.contains($0) }.sorted()
    guard unused.isEmpty else {
      throw DossierError.sentence(
        name: key, reason: "no place for \(unused.joined(separator: ", "))")
    }
    return result
  }
}

extension Inline {
  /// True for what a statement of fact can rest on.
  var isSupport: Bool {
    switch self {
    case .figure, .citation: true
    case .sources(let sources): !sources.isEmpty
    case .text, .strong, .emphasis, .reference: false
    }
  }
}
