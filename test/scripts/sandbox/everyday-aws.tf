# Resources of an everyday site, planned by the real provider and by the sandbox and then compared.
terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "5.100.0"
    }
  }
}
provider "aws" {
  region                      = "ap-northeast-1"
  access_key                  = "none"
  secret_key                  = "none"
  skip_credentials_validation = true
  skip_requesting_account_id  = true
  skip_metadata_api_check     = true
  skip_region_validation      = true
  default_tags {
    tags = { owner = "watari" }
  }
}
resource "aws_vpc" "a" {
  cidr_block           = "10.0.0.0/16"
  enable_dns_hostnames = true
  tags                 = { Name = "a" }
}
resource "aws_subnet" "a" {
  vpc_id               = aws_vpc.a.id
  cidr_block           = "10.0.1.0/24"
  availability_zone_id = "apne1-az1"
}
resource "aws_internet_gateway" "a" {
  vpc_id = aws_vpc.a.id
}
resource "aws_route_table" "a" {
  vpc_id = aws_vpc.a.id
}
resource "aws_route" "a" {
  route_table_id         = aws_route_table.a.id
  destination_cidr_block = "0.0.0.0/0"
  gateway_id             = aws_internet_gateway.a.id
}
resource "aws_route_table_association" "a" {
  route_table_id = aws_route_table.a.id
  subnet_id      = aws_subnet.a.id
}
resource "aws_eip" "a" {
  domain = "vpc"
}
resource "aws_nat_gateway" "a" {
  allocation_id = aws_eip.a.id
  subnet_id     = aws_subnet.a.id
}
resource "aws_security_group" "a" {
  name   = "a"
  vpc_id = aws_vpc.a.id
}
resource "aws_security_group" "b" {
  name   = "b"
  vpc_id = aws_vpc.a.id
  ingress {
    from_port   = 1
    to_port     = 2
    protocol    = "tcp"
    cidr_blocks = ["10.0.0.0/8"]
  }
}
resource "aws_vpc_security_group_ingress_rule" "a" {
  security_group_id = aws_security_group.a.id
  ip_protocol       = "tcp"
  from_port         = 1935
  to_port           = 1935
  cidr_ipv4         = "0.0.0.0/0"
}
resource "aws_vpc_security_group_egress_rule" "a" {
  security_group_id = aws_security_group.a.id
  ip_protocol       = "-1"
  cidr_ipv4         = "0.0.0.0/0"
}
resource "aws_iam_role" "a" {
  name               = "r"
  assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ec2.amazonaws.com" } }] })
}
resource "aws_iam_role_policy" "a" {
  role   = aws_iam_role.a.id
  policy = jsonencode({ Version = "2012-10-17", Statement = [] })
}
resource "aws_iam_instance_profile" "a" {
  name = "p"
  role = aws_iam_role.a.name
}
resource "aws_launch_template" "a" {
  name          = "edge-lt"
  image_id      = "ami-12345678"
  instance_type = "c7i.large"
  user_data     = "aGVsbG8="
  metadata_options {
    http_tokens = "required"
  }
  iam_instance_profile {
    name = aws_iam_instance_profile.a.name
  }
  network_interfaces {
    device_index                = 0
    associate_public_ip_address = "true"
    security_groups             = [aws_security_group.a.id]
  }
  block_device_mappings {
    device_name = "/dev/sda1"
    ebs {
      volume_size = 20
      volume_type = "gp3"
    }
  }
  tag_specifications {
    resource_type = "instance"
    tags          = { Name = "edge" }
  }
}
resource "aws_lb" "a" {
  name               = "nlb"
  load_balancer_type = "network"
  subnets            = [aws_subnet.a.id]
}
resource "aws_lb_target_group" "a" {
  name     = "tg"
  port     = 1935
  protocol = "TCP"
  vpc_id   = aws_vpc.a.id
  health_check {
    protocol = "HTTP"
    path     = "/health"
    port     = "8080"
  }
}
resource "aws_lb_listener" "a" {
  load_balancer_arn = aws_lb.a.arn
  port              = 1935
  protocol          = "TCP"
  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.a.arn
  }
}
resource "aws_autoscaling_group" "a" {
  name                = "asg"
  min_size            = 1
  max_size            = 3
  vpc_zone_identifier = [aws_subnet.a.id]
  target_group_arns   = [aws_lb_target_group.a.arn]
  launch_template {
    id      = aws_launch_template.a.id
    version = aws_launch_template.a.latest_version
  }
  instance_refresh {
    strategy = "Rolling"
    preferences {
      min_healthy_percentage = 90
    }
  }
  tag {
    key                 = "Name"
    value               = "edge"
    propagate_at_launch = true
  }
}
resource "aws_autoscaling_policy" "a" {
  name                   = "egress"
  autoscaling_group_name = aws_autoscaling_group.a.name
  policy_type            = "TargetTrackingScaling"
  target_tracking_configuration {
    target_value = 1000
    predefined_metric_specification {
      predefined_metric_type = "ASGAverageNetworkOut"
    }
  }
}
resource "aws_autoscaling_lifecycle_hook" "a" {
  name                   = "drain"
  autoscaling_group_name = aws_autoscaling_group.a.name
  lifecycle_transition   = "autoscaling:EC2_INSTANCE_TERMINATING"
  heartbeat_timeout      = 900
}
resource "aws_instance" "a" {
  ami                    = "ami-12345678"
  instance_type          = "c7i.large"
  subnet_id              = aws_subnet.a.id
  private_ip             = "10.0.1.10"
  vpc_security_group_ids = [aws_security_group.a.id]
  user_data_base64       = "aGVsbG8="
  metadata_options {
    http_tokens = "required"
  }
  root_block_device {
    volume_size = 20
    volume_type = "gp3"
  }
}
resource "aws_ec2_transit_gateway" "a" {
  amazon_side_asn = 64512
}
resource "aws_ec2_transit_gateway_vpc_attachment" "a" {
  transit_gateway_id = aws_ec2_transit_gateway.a.id
  vpc_id             = aws_vpc.a.id
  subnet_ids         = [aws_subnet.a.id]
}
resource "aws_customer_gateway" "a" {
  bgp_asn    = "65001"
  ip_address = "198.51.100.1"
  type       = "ipsec.1"
}
resource "aws_vpn_connection" "a" {
  customer_gateway_id = aws_customer_gateway.a.id
  transit_gateway_id  = aws_ec2_transit_gateway.a.id
  type                = "ipsec.1"
  tunnel1_inside_cidr = "169.254.10.0/30"
}
resource "aws_placement_group" "a" {
  name     = "pg"
  strategy = "spread"
}
resource "aws_s3_bucket" "a" {
  bucket = "states"
}
resource "aws_s3_bucket_versioning" "a" {
  bucket = aws_s3_bucket.a.id
  versioning_configuration {
    status = "Enabled"
  }
}
resource "aws_route53_record" "a" {
  zone_id = "Z1"
  name    = "a.example.com"
  type    = "A"
  ttl     = 60
  records = ["192.0.2.1"]
}
