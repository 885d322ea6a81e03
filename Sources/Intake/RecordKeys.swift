import CaseModel
import Digests

/// Gives payment records and stated entities the key that tells each from every other (formats.md §3.6):
/// SHA-256 over what the record says, each part with its length, and the occurrence number among equal
/// contents of the file. Where the record stands is no part of it, so that the same record in two files
/// has one key.
enum RecordKeys {
  /// - Complexity: O(*n*) in the parts.
  static func given(to payments: [PaymentRecord]) -> [PaymentRecord] {
    var maker = Maker()
    return payments.map { payment in
      var payment = payment
      maker.give(to: &payment)
      return payment
    }
  }

  /// - Complexity: O(*n*) in the parts.
  static func given(to entities: [StatedEntity]) -> [StatedEntity] {
    var maker = Maker()
    return entities.map { entity in
      var entity = entity
      maker.give(to: &entity)
      return entity
    }
  }

  /// The parts of one record, each with its length, so that no two texts can pass for one.
  struct Parts {
    fileprivate var text = ""
    mutating func add(_ part: String?) {
      guard let part else { return text += "-\n" }
      text += "\(part.utf8.count):\(part)\n"
    }
    mutating func add(_ parts: [String: String]) {
      for name in parts.keys.sorted() {
        add(name)
        add(parts[name])
      }
      end()
    }
    mutating func end() { text += ".\n" }
  }

  /// Gives keys record by record, in file order; holds one number for each different content.
  struct Maker {
    private var occurrences: [String: Int] = [:]

    mutating func give(to payment: inout PaymentRecord) {
      payment.key = key { [payment] parts in
        parts.add("payment/1")
        parts.add(payment.kind.rawValue)
        parts.add(payment.recordType)
        parts.add(payment.status)
        for stated in payment.amounts {
          parts.add(stated.role.rawValue)
          parts.add(String(stated.amount.minorUnits))
          parts.add(stated.amount.currency.code)
          parts.add(String(stated.amount.currency.exponent))
        }
        parts.add(payment.exchangeRate)
        parts.add(payment.executedOn.map { "\($0)" })
        parts.add(payment.valueOn.map { "\($0)" })
        parts.add(payment.timeOfDay.map { String($0) })
        parts.add(payment.utcOffsetMinutes.map { String($0) })
        parts.add(payment.channel.rawValue)
        for party in payment.parties {
          parts.add(party.role.rawValue)
          parts.add(party.name)
          parts.add(party.accountText)
          parts.add(party.accountKey?.text)
          parts.add(party.institution)
          parts.add(party.identifiers)
          parts.add(party.address)
          parts.add(party.country)
          parts.add(party.entity)
        }
        parts.add(payment.purpose)
        parts.add(payment.references)
        parts.add(payment.chargeBearer)
        parts.add(payment.details)
      }
    }

    mutating func give(to entity: inout StatedEntity) {
      entity.key = key { [entity] parts in
        parts.add("entity/1")
        parts.add(entity.schema)
        parts.add(entity.space)
        parts.add(entity.id)
        for name in entity.properties.keys.sorted() {
          parts.add(name)
          for value in entity.properties[name] ?? [] { parts.add(value) }
          parts.end()
        }
        parts.add(entity.validFrom.map { "\($0)" })
        parts.add(entity.validUntil.map { "\($0)" })
        parts.add(entity.statedOn.map { "\($0)" })
      }
    }

    private mutating func key(_ fill: (inout Parts) -> Void) -> String {
      var parts = Parts()
      fill(&parts)
      let content = ContentHash(of: parts.text).hex
      let number = occurrences[content, default: 0]
      occurrences[content] = number + 1
      return number == 0 ? content : ContentHash(of: "\(content) \(number)").hex
    }
  }
}
