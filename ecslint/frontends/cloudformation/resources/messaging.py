"""Queues, topics and tables: what a task's permissions and variables refer to."""

from __future__ import annotations

from ecslint.frontends.cloudformation.resources.type import ResourceType

_TABLE = ResourceType("Table", "name")

TYPES = {
    "DynamoDB::GlobalTable": _TABLE,
    "DynamoDB::Table": _TABLE,
    "SNS::Topic": ResourceType("Topic", "arn", {"TopicArn": "arn", "TopicName": "name"}),
    "SQS::Queue": ResourceType("Queue", "url", {"QueueName": "name", "QueueUrl": "url"}),
    "Serverless::SimpleTable": _TABLE,
}
